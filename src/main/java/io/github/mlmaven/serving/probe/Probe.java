package io.github.mlmaven.serving.probe;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.exchange.Measurement;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import io.github.mlmaven.serving.engine.Engine;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Loads a model, runs cases through it and times it: arguments {@code REQUEST_FILE REPLY_FILE}. Exit code 0 says that the reply
 * could be written, whatever it says; 2 that it could not.
 */
public final class Probe {

    private Probe() {}

    /** The forked JVM's entry. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: REQUEST_FILE REPLY_FILE");
            return 2;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(Path.of(args[0]))));
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(args[1]))))) {
            answer(ProbeRequest.read(in), out);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("the probe cannot exchange files with the build: " + e);
            return 2;
        }
    }

    private static void answer(ProbeRequest request, DataOutputStream out) throws IOException {
        String engineName;
        LoadedModel loaded;
        try {
            Engine engine = Engine.forFormat(request.format());
            engineName = engine.name();
            loaded = engine.load(Path.of(request.modelFile()), EngineOptions.DEFAULT);
        } catch (EngineException | RuntimeException | LinkageError | OutOfMemoryError e) {
            ProbeReply.write(out, new ProbeReply.Refused(message(e)));
            ProbeReply.write(out, new ProbeReply.Done());
            return;
        }
        try (loaded) {
            ProbeReply.write(out, new ProbeReply.Loaded(engineName, loaded.contract()));
            List<String> outputs =
                    loaded.contract().outputs().stream().map(TensorSpec::name).toList();
            List<List<Tensor>> good = new ArrayList<>();
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < request.cases().size(); i++) {
                long begin = System.nanoTime();
                ProbeReply reply = run(loaded, i, request.cases().get(i), outputs);
                if (reply instanceof ProbeReply.Ran) {
                    fastest = Math.min(fastest, System.nanoTime() - begin);
                    good.add(request.cases().get(i).inputs());
                }
                ProbeReply.write(out, reply);
            }
            if (request.measurement().isPresent()) {
                ProbeReply.write(
                        out, time(loaded, good, outputs, request.measurement().get(), fastest));
            }
            OptionalLong peak = PeakMemory.bytes();
            if (peak.isPresent()) {
                ProbeReply.write(out, new ProbeReply.Peak(peak.getAsLong()));
            }
            ProbeReply.write(out, new ProbeReply.Done());
        }
    }

    private static ProbeReply time(
            LoadedModel loaded, List<List<Tensor>> cases, List<String> outputs, Measurement measurement, long fastest) {
        if (cases.isEmpty()) {
            return new ProbeReply.Untimed("there is no golden case that runs");
        }
        try {
            List<List<Tensor>> inputs = new ArrayList<>();
            for (List<Tensor> golden : cases) {
                inputs.add(
                        measurement.batch() == 0
                                ? golden
                                : BatchedInputs.of(golden, loaded.contract().inputs(), measurement.batch()));
            }
            return Timing.time(loaded, inputs, outputs, measurement, fastest);
        } catch (BatchedInputs.NoBatchException e) {
            return new ProbeReply.Untimed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return new ProbeReply.Untimed(message(e));
        }
    }

    private static ProbeReply run(LoadedModel loaded, int index, ProbeRequest.Case golden, List<String> outputs) {
        try {
            return new ProbeReply.Ran(index, loaded.run(golden.inputs(), outputs));
        } catch (EngineException | RuntimeException | LinkageError | OutOfMemoryError e) {
            return new ProbeReply.Failed(index, message(e));
        }
    }

    /** Engine exceptions speak for themselves; of anything else the type is half of the message. */
    static String message(Throwable e) {
        return e instanceof EngineException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
