package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.corrupt;
import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;
import static io.github.mlmaven.inspect.onnx.MalformedProtoException.truncated;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Protobuf's wire format, field by field, from a stream of known size. Knows at each byte how many are left in the
 * message, so that no length is believed before it is checked; skips what is not asked for.
 *
 * <pre>
 * input.enter();
 * while (input.next()) {
 *     switch (input.field()) { ... }
 * }
 * </pre>
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
final class ProtoInput {

    private final CodedInputStream in;
    private final long size;
    private final long[] ends = new long[Limits.DEPTH + 1];
    private int depth;

    private int field;
    private int wireType;
    private long start;
    private boolean unread;

    /** At the start of the outermost message, already entered. */
    ProtoInput(InputStream stream, long size) throws MalformedProtoException {
        if (size > Limits.FILE_BYTES) {
            throw limit(
                    "the file is larger than protobuf allows",
                    "at most " + Limits.FILE_BYTES + " bytes",
                    size + " bytes");
        }
        this.in = CodedInputStream.newInstance(stream, 1 << 16);
        this.size = size;
        this.ends[0] = size;
    }

    /** Moves to the next field of the message; at its end leaves it and returns false. */
    boolean next() throws IOException, MalformedProtoException {
        if (unread) {
            skip();
        }
        start = position();
        if (start == ends[depth]) {
            depth = Math.max(0, depth - 1);
            return false;
        }
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw corrupt(start, "not a protobuf field", "a field number from 1 to 536870911", "" + (tag >>> 3));
        }
        if (wireType > WireFormat.WIRETYPE_FIXED32
                || wireType == WireFormat.WIRETYPE_START_GROUP
                || wireType == WireFormat.WIRETYPE_END_GROUP) {
            throw corrupt(start, "not a protobuf field of ONNX", "wire type 0, 1, 2 or 5", "wire type " + wireType);
        }
        unread = true;
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Where the field starts, counted from the start of the file. */
    long offset() {
        return start;
    }

    /** Goes into the message that the field holds. */
    void enter() throws IOException, MalformedProtoException {
        long end = length() + position();
        if (depth == Limits.DEPTH) {
            throw limit(
                    "messages are nested too deeply at byte " + start,
                    "at most " + Limits.DEPTH + " levels",
                    "more than " + Limits.DEPTH);
        }
        ends[++depth] = end;
    }

    long int64() throws IOException, MalformedProtoException {
        require(WireFormat.WIRETYPE_VARINT, "a number");
        return rawVarint();
    }

    /** An int32 or enum; protobuf keeps the low 32 bits. */
    int int32() throws IOException, MalformedProtoException {
        return (int) int64();
    }

    /** The numbers of a repeated integer field: one of them, or a packed run. */
    void varints(LongConsumer each) throws IOException, MalformedProtoException {
        if (wireType == WireFormat.WIRETYPE_VARINT) {
            each.accept(int64());
            return;
        }
        long end = length() + position();
        while (position() < end) {
            each.accept(rawVarint());
        }
        if (position() > end) {
            throw corrupt(start, "a packed number reaches beyond its field", "byte " + end, "byte " + position());
        }
    }

    /** The bytes of a repeated fixed-size field: of one value, or of a packed run; little-endian as in the file. */
    byte[] fixed(int width) throws IOException, MalformedProtoException {
        int single = width == 4 ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_FIXED64;
        if (wireType == single) {
            unread = false;
            within(width);
            return in.readRawBytes(width);
        }
        byte[] bytes = bytes();
        if (bytes.length % width != 0) {
            throw corrupt(start, "packed numbers of a wrong length", "a multiple of " + width, bytes.length + " bytes");
        }
        return bytes;
    }

    /** The bytes of the field, all of them: only for fields whose size is bounded by other means. */
    byte[] bytes() throws IOException, MalformedProtoException {
        return in.readRawBytes(length());
    }

    /** The bytes of the field if there are no more than this many, which are skipped else. */
    byte[] upTo(int most) throws IOException, MalformedProtoException {
        int length = length();
        if (length > most) {
            in.skipRawBytes(length);
            return new byte[0];
        }
        return in.readRawBytes(length);
    }

    /** The first bytes of a field that may be long; the rest is skipped. */
    byte[] head(int most) throws IOException, MalformedProtoException {
        int length = length();
        byte[] head = in.readRawBytes(Math.min(length, most));
        in.skipRawBytes(length - head.length);
        return head;
    }

    /** The length of a field of bytes, which stay unread and are skipped by {@link #next}. */
    long lengthOfSkipped() throws IOException, MalformedProtoException {
        int length = length();
        in.skipRawBytes(length);
        return length;
    }

    /** A short text: a name, a path, a number. */
    String text() throws IOException, MalformedProtoException {
        int length = length();
        if (length > Limits.TEXT_BYTES) {
            throw limit(
                    "a name is too long at byte " + start,
                    "at most " + Limits.TEXT_BYTES + " bytes",
                    length + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readRawBytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw corrupt(start, "a name is not text", "UTF-8", "other bytes");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                // They would reach terminals, URLs and reports.
                throw corrupt(
                        start,
                        "a name holds a control character",
                        "printable characters",
                        String.format(java.util.Locale.ROOT, "U+%04X", (int) text.charAt(i)));
            }
        }
        return text;
    }

    private void skip() throws IOException, MalformedProtoException {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> int64();
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> lengthOfSkipped();
            default -> fixed(wireType == WireFormat.WIRETYPE_FIXED32 ? 4 : 8);
        }
    }

    /** The length of a length-delimited field, which is known to be there in full. */
    private int length() throws IOException, MalformedProtoException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED, "bytes");
        long length = rawVarint();
        if (length < 0 || length > Limits.FILE_BYTES) {
            throw corrupt(start, "an impossible length", "at most " + Limits.FILE_BYTES, Long.toUnsignedString(length));
        }
        within(length);
        return (int) length;
    }

    private void within(long length) throws MalformedProtoException {
        long end = position() + length;
        if (end > ends[depth]) {
            throw depth == 0
                    ? truncated(start, end, size)
                    : corrupt(
                            start,
                            "a field reaches beyond the message that holds it",
                            "an end at byte " + ends[depth] + " or before",
                            "byte " + end);
        }
    }

    private void require(int expected, String what) throws MalformedProtoException {
        if (wireType != expected) {
            throw corrupt(
                    start,
                    "field " + field + " has another type than in ONNX",
                    what + " (wire type " + expected + ")",
                    "wire type " + wireType);
        }
        unread = false;
    }

    private long rawVarint() throws IOException, MalformedProtoException {
        // Not readRawVarint64: it lets some numbers of more than ten bytes pass.
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position() == size) {
                throw truncated(start, size + 1, size);
            }
            byte next = in.readRawByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                within(0);
                return value;
            }
        }
        throw corrupt(start, "not a number of protobuf", "at most 10 bytes", "more");
    }

    private long position() {
        return in.getTotalBytesRead();
    }
}
