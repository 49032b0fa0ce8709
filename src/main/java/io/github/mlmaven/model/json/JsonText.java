package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A JSON document in UTF-8, as a part of an array that may be reused when it has been read. */
public final class JsonText {

    private final byte[] array;
    private final int offset;
    private final int length;

    private JsonText(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** All of an array. */
    public static JsonText of(byte[] document) {
        return new JsonText(document, 0, document.length);
    }

    /** What remains of a buffer; without a copy when the buffer has an array. */
    public static JsonText of(ByteBuffer document) {
        if (document.hasArray()) {
            return new JsonText(document.array(), document.arrayOffset() + document.position(), document.remaining());
        }
        byte[] copy = new byte[document.remaining()];
        document.duplicate().get(copy);
        return of(copy);
    }

    /** A part of {@link #array()}. */
    JsonText part(int from, int to) {
        return new JsonText(array, from, to - from);
    }

    /** Holds it from {@link #offset()} on. */
    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    /** Its bytes. */
    public int length() {
        return length;
    }

    /**
     * Checks that it is UTF-8 (RFC 3629), of which the parser takes too much: characters in more bytes than need be,
     * halves of surrogate pairs, and those above U+10FFFF.
     *
     * @throws TensorFormatException which says where it is not
     */
    public void requireUtf8() throws TensorFormatException {
        int ascii = 0;
        while (ascii < length && array[offset + ascii] >= 0) {
            ascii++;
        }
        if (ascii == length) {
            return;
        }
        ByteBuffer rest = ByteBuffer.wrap(array, offset + ascii, length - ascii);
        CharBuffer dropped = CharBuffer.allocate(1024);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            result = utf8.decode(rest, dropped.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new TensorFormatException(String.format(
                    Locale.ROOT,
                    "not JSON in UTF-8: byte %d of the document, %02x, begins no character",
                    rest.position() - offset,
                    rest.get()));
        }
    }

    /** A parser of the document, with the limits of {@link TensorJson#factory()}. */
    public JsonParser parser() throws IOException {
        return parserAt(0);
    }

    /** A parser of one value that stands from one byte to before another; a number cannot be told from its start. */
    public JsonParser parserOf(int begin, int end) throws IOException {
        return TensorJson.factory().createParser(array, offset + begin, end - begin);
    }

    /** A parser from this byte of the document on. */
    public JsonParser parserAt(int position) throws IOException {
        return TensorJson.factory().createParser(array, offset + position, length - position);
    }
}
