package io.github.mlmaven.model.exchange;

import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the forked JVM is asked to do: load one model, run each case, then time the model.
 *
 * @param format selects the engine
 * @param modelFile absolute path of the model's main file
 * @param cases the inputs to run, in order
 * @param measurement how to time it; empty when it shall not
 */
public record ProbeRequest(ModelFormat format, String modelFile, List<Case> cases, Optional<Measurement> measurement) {

    /**
     * One set of inputs.
     *
     * @param name the golden case's name
     * @param inputs every input of the contract
     */
    public record Case(String name, List<Tensor> inputs) {
        public Case {
            inputs = List.copyOf(inputs);
        }
    }

    public ProbeRequest {
        cases = List.copyOf(cases);
    }

    /** Without timing. */
    public ProbeRequest(ModelFormat format, String modelFile, List<Case> cases) {
        this(format, modelFile, cases, Optional.empty());
    }

    /** Writes the request. */
    public void write(DataOutputStream out) throws IOException {
        Frames.writeText(out, format.id());
        Frames.writeText(out, modelFile);
        out.writeInt(cases.size());
        for (Case c : cases) {
            Frames.writeText(out, c.name());
            Frames.writeTensors(out, c.inputs());
        }
        out.writeBoolean(measurement.isPresent());
        if (measurement.isPresent()) {
            measurement.get().write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static ProbeRequest read(DataInputStream in) throws IOException {
        ModelFormat format = ModelFormat.of(Frames.readText(in));
        String modelFile = Frames.readText(in);
        int count = Frames.readCount(in);
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(new Case(Frames.readText(in), Frames.readTensors(in)));
        }
        Optional<Measurement> measurement = in.readBoolean() ? Optional.of(Measurement.read(in)) : Optional.empty();
        return new ProbeRequest(format, modelFile, cases, measurement);
    }
}
