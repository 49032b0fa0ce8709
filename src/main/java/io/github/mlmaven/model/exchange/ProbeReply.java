package io.github.mlmaven.model.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ContractJson;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/**
 * What the forked JVM answers, one frame after another, each flushed, so that a crash leaves what came before it:
 * {@link Loaded} or {@link Refused}; then for each case {@link Ran} or {@link Failed}; then, when the model was to be
 * timed, {@link Timed} or {@link Untimed}; then {@link Peak} where the system tells it; then {@link Done}.
 */
public sealed interface ProbeReply {

    /**
     * The engine loaded the model.
     *
     * @param engine the engine's name and version, for example {@code onnxruntime 1.29.0}
     * @param contract the engine's own view of inputs and outputs
     */
    record Loaded(String engine, Contract contract) implements ProbeReply {}

    /**
     * The engine did not load the model.
     *
     * @param message the engine's reason
     */
    record Refused(String message) implements ProbeReply {}

    /**
     * A case ran.
     *
     * @param index which case of the request
     * @param outputs every output of the contract
     */
    record Ran(int index, List<Tensor> outputs) implements ProbeReply {
        public Ran {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * A case did not run.
     *
     * @param index which case of the request
     * @param message the engine's reason
     */
    record Failed(int index, String message) implements ProbeReply {}

    /**
     * The model was timed.
     *
     * @param nanos how long each run took, in no order
     */
    record Timed(List<Long> nanos) implements ProbeReply {
        public Timed {
            nanos = List.copyOf(nanos);
        }
    }

    /**
     * The model could not be timed.
     *
     * @param reason why
     */
    record Untimed(String reason) implements ProbeReply {}

    /**
     * The most resident memory that the process has had.
     *
     * @param bytes with the JVM and the engine
     */
    record Peak(long bytes) implements ProbeReply {}

    /** Everything was answered. */
    record Done() implements ProbeReply {}

    /** Writes one frame and flushes. */
    static void write(DataOutputStream out, ProbeReply reply) throws IOException {
        if (reply instanceof Loaded loaded) {
            out.writeByte('L');
            Frames.writeText(out, loaded.engine());
            StringWriter text = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                ContractJson.write(json, loaded.contract());
            }
            Frames.writeText(out, text.toString());
        } else if (reply instanceof Refused refused) {
            out.writeByte('X');
            Frames.writeText(out, refused.message());
        } else if (reply instanceof Ran ran) {
            out.writeByte('R');
            out.writeInt(ran.index());
            Frames.writeTensors(out, ran.outputs());
        } else if (reply instanceof Failed failed) {
            out.writeByte('F');
            out.writeInt(failed.index());
            Frames.writeText(out, failed.message());
        } else if (reply instanceof Timed timed) {
            out.writeByte('T');
            Frames.writeLongs(out, timed.nanos());
        } else if (reply instanceof Untimed untimed) {
            out.writeByte('U');
            Frames.writeText(out, untimed.reason());
        } else if (reply instanceof Peak peak) {
            out.writeByte('P');
            out.writeLong(peak.bytes());
        } else {
            out.writeByte('.');
        }
        out.flush();
    }

    /**
     * Reads one frame.
     *
     * @throws java.io.EOFException when the program ended before {@link Done}
     */
    static ProbeReply read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'L' -> {
                String engine = Frames.readText(in);
                try (JsonParser json = new JsonFactory().createParser(Frames.readText(in))) {
                    json.nextToken();
                    yield new Loaded(engine, ContractJson.read(json));
                }
            }
            case 'X' -> new Refused(Frames.readText(in));
            case 'R' -> new Ran(in.readInt(), Frames.readTensors(in));
            case 'F' -> new Failed(in.readInt(), Frames.readText(in));
            case 'T' -> new Timed(Frames.readLongs(in));
            case 'U' -> new Untimed(Frames.readText(in));
            case 'P' -> new Peak(in.readLong());
            case '.' -> new Done();
            default -> throw new IOException("not a frame of the probe: " + kind);
        };
    }
}
