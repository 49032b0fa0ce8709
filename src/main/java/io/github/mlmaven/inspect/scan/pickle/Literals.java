package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Value.Int;
import io.github.mlmaven.inspect.scan.pickle.Value.LongText;
import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import io.github.mlmaven.inspect.scan.pickle.Value.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Reads the opcodes that push what stands behind them. */
final class Literals {

    // 0x1950a86a20f9469cfc6c, of torch/serialization.py, in little-endian order
    private static final byte[] TORCH_MAGIC = HexFormat.of().parseHex("6cfc9c46f9206aa85019");
    private static final Pattern INT =
            Pattern.compile("[+-]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)[lL]?");
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?([0-9][0-9_]*+[.]?+[0-9_]*+(e[+-]?[0-9]++)?|[.][0-9_]++(e[+-]?[0-9]++)?|inf|infinity|nan)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NOISE = Pattern.compile("[_lL]");

    private final PickleInput in;
    private final Nested nested;

    Literals(PickleInput in, Nested nested) {
        this.in = in;
        this.nested = nested;
    }

    /** The value that it pushes. */
    Value read(Opcode opcode) throws IOException, PickleException {
        return switch (opcode) {
            case NONE -> Simple.NONE;
            case NEWTRUE, NEWFALSE -> Simple.NUMBER;
            case BININT -> new Int(in.signed());
            case BININT1 -> new Int(in.unsigned(1));
            case BININT2 -> new Int(in.unsigned(2));
            case LONG1 -> number((int) in.unsigned(1));
            case LONG4 -> number(nonNegative(in.signed()));
            case INT, LONG -> integer(line(), in.isLineWhole());
            case FLOAT -> floating(line(), in.isLineWhole());
            case BINFLOAT -> {
                in.skip(8);
                yield Simple.NUMBER;
            }
            case STRING -> quoted();
            case UNICODE -> unicode();
            case SHORT_BINSTRING -> string(in.unsigned(1));
            case BINSTRING -> string(nonNegative(in.signed()));
            case SHORT_BINBYTES -> bytes(in.unsigned(1));
            case BINBYTES -> bytes(in.unsigned(4));
            case BINBYTES8, BYTEARRAY8 -> bytes(in.length());
            case SHORT_BINUNICODE -> text(in.unsigned(1));
            case BINUNICODE -> text(in.unsigned(4));
            case BINUNICODE8 -> text(in.length());
            case NEXT_BUFFER -> Simple.BYTES;
            default -> throw new IllegalArgumentException("not a literal: " + opcode);
        };
    }

    /** A line that is a place in the memo. */
    long index() throws IOException, PickleException {
        return integer(line(), in.isLineWhole()) instanceof Int index ? index.value() : -1;
    }

    /** A line of a global. */
    String name() throws IOException, PickleException {
        return new String(in.line(), StandardCharsets.UTF_8);
    }

    /** At most a mebibyte of a long text, as bytes of Latin-1, in which protocol 2 writes byte strings. */
    byte[] latin1(LongText text) throws IOException, PickleException {
        try (PickleInput again = new PickleInput(in.source().part(text.from(), text.length()), 0)) {
            byte[] raw = again.bytes((int) Math.min(text.length(), PickleInput.LINE));
            String decoded = text.escaped() ? Escapes.ofText(raw) : new String(raw, StandardCharsets.UTF_8);
            return decoded.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private String line() throws IOException, PickleException {
        return new String(in.line(), StandardCharsets.ISO_8859_1).strip();
    }

    private static int nonNegative(int length) throws PickleException {
        if (length < 0) {
            throw PickleException.wrong("a negative length");
        }
        return length;
    }

    private Value number(int length) throws IOException, PickleException {
        if (length > 8) {
            byte[] start = in.bytes(Math.min(length, TORCH_MAGIC.length));
            in.skip(length - start.length);
            return length == TORCH_MAGIC.length && Arrays.equals(start, TORCH_MAGIC)
                    ? Simple.TORCH_MAGIC
                    : Simple.NUMBER;
        }
        byte[] bytes = in.bytes(length);
        long value = length > 0 && bytes[length - 1] < 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[i] & 0xFF);
        }
        return new Int(value);
    }

    private static Value integer(String line, boolean whole) throws PickleException {
        check(INT, line, whole);
        try {
            return new Int(Long.parseLong(NOISE.matcher(line).replaceAll("")));
        } catch (NumberFormatException e) {
            return Simple.NUMBER;
        }
    }

    private static Value floating(String line, boolean whole) throws PickleException {
        check(FLOAT, line, whole);
        return Simple.NUMBER;
    }

    private static void check(Pattern pattern, String line, boolean whole) throws PickleException {
        if (!pattern.matcher(line).matches()) {
            throw PickleException.wrong("a number that is none");
        }
        if (!whole) {
            throw PickleException.limit("a number of a million digits");
        }
    }

    private Value bytes(long length) throws IOException, PickleException {
        long from = in.position();
        byte[] start = start(length);
        boolean pickle = nested.look(start, in, from, length) && (start[0] & 0xFF) == Opcode.PROTO.code();
        return pickle ? Simple.PICKLE : Simple.BYTES;
    }

    /** Python 3 makes text of Python 2's strings, which are bytes. */
    private Value string(long length) throws IOException, PickleException {
        long from = in.position();
        byte[] start = start(length);
        nested.look(start, in, from, length);
        return length <= Text.MOST
                ? new Text(new String(start, StandardCharsets.UTF_8))
                : new LongText(from, length, false);
    }

    private byte[] start(long length) throws IOException, PickleException {
        if (length > in.left()) {
            in.skip(length);
        }
        byte[] start = in.bytes((int) Math.min(length, Nested.PEEK));
        in.skip(length - start.length);
        return start;
    }

    private Value text(long length) throws IOException, PickleException {
        if (length <= Text.MOST) {
            return new Text(new String(in.bytes((int) length), StandardCharsets.UTF_8));
        }
        long from = in.position();
        in.skip(length);
        return new LongText(from, length, false);
    }

    private Value unicode() throws IOException, PickleException {
        long from = in.position();
        byte[] line = in.line();
        String text = Escapes.ofText(line);
        return text.length() <= Text.MOST ? new Text(text) : new LongText(from, in.position() - 1 - from, true);
    }

    private Value quoted() throws IOException, PickleException {
        long from = in.position();
        byte[] line = in.line();
        int end = line.length;
        while (end > 0 && line[end - 1] <= ' ' && line[end - 1] >= 0) {
            end--;
        }
        boolean quote = end > 0 && (line[0] == '\'' || line[0] == '"');
        if (!quote || (in.isLineWhole() && (end < 2 || line[end - 1] != line[0]))) {
            throw PickleException.wrong("a string without quotes");
        }
        byte[] bytes = Escapes.ofBytes(Arrays.copyOfRange(line, 1, Math.max(1, end - 1)));
        nested.look(bytes, in.base() + from);
        return bytes.length <= Text.MOST
                ? new Text(new String(bytes, StandardCharsets.UTF_8))
                : new LongText(from, in.position() - 1 - from, true);
    }
}
