package io.github.mlmaven.inspect.onnx;

/** Messages of onnx.proto for tests; field numbers as there. */
public final class Onnx {

    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int STRING = 8;

    private Onnx() {}

    /** A model with this graph that is right in all else. */
    public static Proto model(Proto graph) {
        return new Proto().number(1, 8).message(7, graph).message(8, opset("", 17));
    }

    public static Proto opset(String domain, long version) {
        return new Proto().text(1, domain).number(2, version);
    }

    /** A graph that copies x to y, both FP32[N]; more fields can follow. */
    public static Proto graph() {
        return new Proto()
                .message(1, node("Identity"))
                .message(11, value("x", tensorType(FLOAT, shape(symbolic("N")))))
                .message(12, value("y", tensorType(FLOAT, shape(symbolic("N")))));
    }

    public static Proto node(String type) {
        return new Proto().text(1, "x").text(2, "y").text(4, type);
    }

    public static Proto value(String name, Proto type) {
        return new Proto().text(1, name).message(2, type);
    }

    public static Proto tensorType(int elementType, Proto shape) {
        return new Proto().message(1, new Proto().number(1, elementType).message(2, shape));
    }

    public static Proto shape(Proto... dimensions) {
        Proto shape = new Proto();
        for (Proto dimension : dimensions) {
            shape.message(1, dimension);
        }
        return shape;
    }

    public static Proto fixed(long size) {
        return new Proto().number(1, size);
    }

    public static Proto symbolic(String name) {
        return new Proto().text(2, name);
    }

    public static Proto tensor(String name, int type, long... dims) {
        Proto tensor = new Proto();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        return tensor.number(2, type).text(8, name);
    }

    /** A tensor float[2] with external data; entries are keys and values in turn. */
    public static Proto external(String name, String... entries) {
        Proto tensor = tensor(name, FLOAT, 2).number(14, 1);
        for (int i = 0; i < entries.length; i += 2) {
            tensor.message(13, new Proto().text(1, entries[i]).text(2, entries[i + 1]));
        }
        return tensor;
    }

    /** An attribute with a graph. */
    public static Proto graphAttribute(String name, Proto graph) {
        return new Proto().text(1, name).message(6, graph).number(20, 5);
    }
}
