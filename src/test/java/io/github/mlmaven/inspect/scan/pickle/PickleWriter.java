package io.github.mlmaven.inspect.scan.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes opcodes one by one, as attackers do. */
final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts with PROTO. */
    static PickleWriter protocol(int number) {
        return new PickleWriter().proto(number);
    }

    PickleWriter proto(int number) {
        return op(Opcode.PROTO, number);
    }

    /** An opcode with the bytes behind it. */
    PickleWriter op(Opcode opcode, int... bytes) {
        out.write(opcode.code());
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** What is no opcode. */
    PickleWriter raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter raw(String latin1) {
        return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** GLOBAL. */
    PickleWriter global(String module, String name) {
        return op(Opcode.GLOBAL).raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** STACK_GLOBAL of two texts. */
    PickleWriter stackGlobal(String module, String name) {
        return text(module).op(Opcode.MEMOIZE).text(name).op(Opcode.MEMOIZE).op(Opcode.STACK_GLOBAL);
    }

    PickleWriter inst(String module, String name) {
        return op(Opcode.INST).raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** BINUNICODE, or the short form. */
    PickleWriter text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 256) {
            return op(Opcode.SHORT_BINUNICODE, bytes.length).raw(bytes);
        }
        return op(Opcode.BINUNICODE).raw(little(bytes.length, 4)).raw(bytes);
    }

    /** BINBYTES. */
    PickleWriter bytes(byte... bytes) {
        return op(Opcode.BINBYTES).raw(little(bytes.length, 4)).raw(bytes);
    }

    PickleWriter integer(int value) {
        return op(Opcode.BININT).raw(little(value, 4));
    }

    /** One argument, the tuple around it, and the call. */
    PickleWriter callWith(String argument) {
        return text(argument).op(Opcode.TUPLE1).op(Opcode.REDUCE);
    }

    PickleWriter frame(long length) {
        return op(Opcode.FRAME).raw(little(length, 8));
    }

    PickleWriter reduce() {
        return op(Opcode.REDUCE);
    }

    PickleWriter put(int index) {
        return op(Opcode.BINPUT, index);
    }

    PickleWriter get(int index) {
        return op(Opcode.BINGET, index);
    }

    /** Ends with STOP. */
    byte[] stop() {
        return op(Opcode.STOP).written();
    }

    /** Without an end. */
    byte[] written() {
        return out.toByteArray();
    }

    static byte[] little(long value, int bytes) {
        return java.util.Arrays.copyOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array(),
                bytes);
    }
}
