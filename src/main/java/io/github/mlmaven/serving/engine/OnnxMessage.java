package io.github.mlmaven.serving.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the few messages of {@code onnx.proto3} that models of one node need; field numbers are the callers'. */
final class OnnxMessage {

    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A ModelProto around a GraphProto. */
    static byte[] model(OnnxMessage graph) {
        OnnxMessage opset = new OnnxMessage().number(2, OPSET); // OperatorSetIdProto
        return new OnnxMessage()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, opset)
                .toBytes();
    }

    /** A NodeProto with one input, {@code x}, and one output, {@code y}. */
    static OnnxMessage node(String operator) {
        return new OnnxMessage().text(1, "x").text(2, "y").text(4, operator);
    }

    /** A ValueInfoProto with a TypeProto.Tensor of no particular shape. */
    static OnnxMessage value(String name, int elementType) {
        OnnxMessage tensor = new OnnxMessage().number(1, elementType);
        return new OnnxMessage().text(1, name).message(2, new OnnxMessage().message(1, tensor));
    }

    OnnxMessage number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    OnnxMessage text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    OnnxMessage message(int field, OnnxMessage message) {
        return bytes(field, message.toBytes());
    }

    OnnxMessage bytes(int field, byte[] bytes) {
        varint(((long) field << 3) | 2);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    private byte[] toBytes() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~127L) != 0) {
            out.write((int) (rest & 127) | 128);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
