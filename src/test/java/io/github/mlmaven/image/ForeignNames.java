package io.github.mlmaven.image;

import static io.github.mlmaven.inspect.onnx.Onnx.fixed;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.shape;
import static io.github.mlmaven.inspect.onnx.Onnx.symbolic;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static io.github.mlmaven.inspect.onnx.Onnx.tensorType;
import static io.github.mlmaven.inspect.onnx.Onnx.value;

import io.github.mlmaven.inspect.onnx.Proto;
import java.util.LinkedHashMap;
import java.util.Map;

/** The model add-sub once more, in files with names beyond ASCII: it adds zeros that are in one of them. */
final class ForeignNames {

    static final String MODEL = "数字.onnx";
    static final String WEIGHTS = "poids-é.bin";

    private static final int INT32 = 6;
    private static final int WIDTH = 16;

    private ForeignNames() {}

    /** Its files, the model first. */
    static Map<String, byte[]> files() {
        Proto zeros = tensor("ZEROS", INT32, WIDTH)
                .number(14, 1)
                .message(13, new Proto().text(1, "location").text(2, WEIGHTS));
        Proto graph = new Proto()
                .message(1, node("Add", "SUM", "INPUT0", "INPUT1"))
                .message(1, node("Add", "OUTPUT0", "SUM", "ZEROS"))
                .message(1, node("Sub", "OUTPUT1", "INPUT0", "INPUT1"))
                .text(2, "graph")
                .message(5, zeros)
                .message(11, rows("INPUT0"))
                .message(11, rows("INPUT1"))
                .message(12, rows("OUTPUT0"))
                .message(12, rows("OUTPUT1"));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MODEL, model(graph).toBytes());
        files.put(WEIGHTS, new byte[WIDTH * Integer.BYTES]);
        return files;
    }

    private static Proto node(String operator, String output, String... inputs) {
        Proto node = new Proto();
        for (String input : inputs) {
            node.text(1, input);
        }
        return node.text(2, output).text(4, operator);
    }

    private static Proto rows(String name) {
        return value(name, tensorType(INT32, shape(symbolic("batch"), fixed(WIDTH))));
    }
}
