package io.github.mlmaven.inspect.scan.tflite;

import static io.github.mlmaven.finding.FindingId.MODEL_CORRUPT;
import static io.github.mlmaven.finding.FindingId.SAFE_OPERATOR;
import static io.github.mlmaven.finding.FindingId.SAFE_UNKNOWN;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanCase;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Models in flatbuffers, with operators of TensorFlow and offsets that lead nowhere. */
public final class TfLiteCorpus {

    private TfLiteCorpus() {}

    public static List<ScanCase> cases() {
        byte[] outside = model("x");
        ByteBuffer.wrap(outside).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 0x7FFFFFFF);
        byte[] many = model("x");
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putInt(32, -1);
        byte[] ort = Arrays.copyOf("\b\0\0\0ORTM".getBytes(StandardCharsets.ISO_8859_1), 40);
        return List.of(
                ScanCase.of("operators of TFLite", "m.tflite", model(), Kind.OTHER_MODEL),
                ScanCase.of("operators of TensorFlow", "m.tflite", model("FlexErf"), Kind.OTHER_MODEL),
                ScanCase.of("operators of an application", "m.tflite", model("Mine"), Kind.OTHER_MODEL),
                ScanCase.of("reads files", "m.tflite", model("FlexErf", "FlexReadFile"), Kind.UNSAFE, SAFE_OPERATOR),
                ScanCase.of("writes files", "m.bin", model("FlexWriteFile"), Kind.UNSAFE, SAFE_OPERATOR),
                ScanCase.of(
                        "runs Python",
                        "m.tflite",
                        model("FlexPyFunc", "FlexEagerPyFunc"),
                        Kind.UNSAFE,
                        SAFE_OPERATOR,
                        SAFE_OPERATOR),
                ScanCase.of(
                        "an operator twice", "m.tflite", model("FlexPyFunc", "FlexPyFunc"), Kind.UNSAFE, SAFE_OPERATOR),
                ScanCase.of("a root outside of the file", "m.tflite", outside, Kind.UNSAFE, MODEL_CORRUPT),
                ScanCase.of("operators without end", "m.tflite", many, Kind.UNSAFE, MODEL_CORRUPT),
                ScanCase.of(
                        "a file that ends early",
                        "m.tflite",
                        Arrays.copyOf(model("x"), 10),
                        Kind.UNSAFE,
                        MODEL_CORRUPT),
                ScanCase.of("ONNX Runtime's own format", "m.ort", ort, Kind.OTHER_MODEL),
                ScanCase.of(
                        "another flatbuffer",
                        "m.bin",
                        Arrays.copyOf("\b\0\0\0ABCD".getBytes(StandardCharsets.ISO_8859_1), 40),
                        Kind.UNKNOWN,
                        SAFE_UNKNOWN));
    }

    /** The root at 20 with one vector at 32 of tables, each with one text; their tables of fields stand before. */
    static byte[] model(String... customOperators) {
        ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(20).put("TFL3".getBytes(StandardCharsets.ISO_8859_1));
        out.putShort((short) 8)
                .putShort((short) 12)
                .putShort((short) 0)
                .putShort((short) 4)
                .putInt(0);
        out.putInt(12).putInt(8).putInt(0);
        out.putInt(customOperators.length);
        int entries = out.position();
        out.position(entries + 4 * customOperators.length);
        for (int i = 0; i < customOperators.length; i++) {
            int fields = out.position();
            out.putShort((short) 8).putShort((short) 8).putShort((short) 0).putShort((short) 4);
            int table = out.position();
            out.putInt(entries + 4 * i, table - entries - 4 * i);
            byte[] name = customOperators[i].getBytes(StandardCharsets.UTF_8);
            out.putInt(table - fields).putInt(4).putInt(name.length).put(name);
            out.position((out.position() + 4) / 4 * 4);
        }
        return Arrays.copyOf(out.array(), out.position());
    }
}
