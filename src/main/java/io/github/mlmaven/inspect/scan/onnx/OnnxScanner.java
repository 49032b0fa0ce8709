package io.github.mlmaven.inspect.scan.onnx;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Recognises ONNX models by the fields of {@code ModelProto}, which has no magic: those of onnx.proto with their wire
 * types, an IR version and a graph among them. What the model says is for its reader.
 */
public final class OnnxScanner implements FormatScanner {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int IR_VERSION = 1;
    private static final int MODEL_VERSION = 5;
    private static final int GRAPH = 7;

    /** Versions of ONNX add fields; far beyond the last one it is something else. */
    private static final int LAST_FIELD = 100;

    private static final long LAST_IR_VERSION = 1000;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Fields fields = new Fields();
        try {
            boolean whole = fields.read(new ByteReader(content));
            return whole && fields.isModel()
                    ? Optional.of(ScanResult.of(content, Kind.MODEL, fields.format()))
                    : Optional.empty();
        } catch (MalformedException e) {
            return fields.isModel()
                    ? Optional.of(ScanResult.of(content, Kind.MODEL, fields.format(), List.of(e.at(content.place()))))
                    : Optional.empty();
        }
    }

    private static final class Fields {
        private long irVersion;
        private boolean graph;

        /** Whether all of them can be an ONNX model's. */
        boolean read(ByteReader in) throws IOException, MalformedException {
            while (in.left() > 0) {
                long tag = in.varint();
                int field = (int) Math.min(tag >>> 3, LAST_FIELD + 1);
                int type = (int) (tag & 7);
                boolean number = field == IR_VERSION || field == MODEL_VERSION;
                if (field == 0 || field > LAST_FIELD || type != (number ? VARINT : LENGTH_DELIMITED)) {
                    return false;
                }
                long value = in.varint();
                if (field == IR_VERSION) {
                    irVersion = value;
                }
                if (!number) {
                    graph |= field == GRAPH;
                    in.skip(value);
                }
            }
            return true;
        }

        boolean isModel() {
            return graph && irVersion > 0 && irVersion <= LAST_IR_VERSION;
        }

        String format() {
            return "an ONNX model, IR version " + irVersion;
        }
    }
}
