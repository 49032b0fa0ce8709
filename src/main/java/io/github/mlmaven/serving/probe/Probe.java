package io.github.mlmaven.serving.probe;

import io.github.mlmaven.model.TensorSpec;
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
import java.util.List;

/**
 * Loads a model and runs cases through it: arguments {@code REQUEST_FILE REPLY_FILE}. Exit code 0 says that the reply
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
            for (int i = 0; i < request.cases().size(); i++) {
                ProbeReply.write(out, run(loaded, i, request.cases().get(i), outputs));
            }
            ProbeReply.write(out, new ProbeReply.Done());
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
    private static String message(Throwable e) {
        return e instanceof EngineException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
