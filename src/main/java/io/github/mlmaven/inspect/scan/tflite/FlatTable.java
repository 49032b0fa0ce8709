package io.github.mlmaven.inspect.scan.tflite;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a flatbuffer, read where it lies.
 *
 * @see <a href="https://flatbuffers.dev/internals/">FlatBuffers internals</a>
 */
record FlatTable(Content content, long at) {

    /** An offset leads out of the file, or there is more than is read. */
    static final class FlatException extends Exception {
        private static final long serialVersionUID = 1;

        FlatException(String found) {
            super(found);
        }

        String found() {
            return String.valueOf(getMessage());
        }
    }

    static FlatTable root(Content content) throws IOException, FlatException {
        return new FlatTable(content, unsigned(content, 0));
    }

    /** The tables of a vector in this field; none when the field is not there. */
    List<FlatTable> tables(int field, int most) throws IOException, FlatException {
        Optional<Long> vector = reference(field);
        List<FlatTable> tables = new ArrayList<>();
        if (vector.isPresent()) {
            long count = unsigned(content, vector.get());
            if (count > most) {
                throw new FlatException(count + " entries, more than " + most);
            }
            for (int i = 0; i < count; i++) {
                long entry = vector.get() + 4 + 4L * i;
                tables.add(new FlatTable(content, entry + unsigned(content, entry)));
            }
        }
        return tables;
    }

    /** A text in this field, of which no more than this many bytes are read. */
    Optional<String> text(int field, int most) throws IOException, FlatException {
        Optional<Long> text = reference(field);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int length = (int) Math.min(most, unsigned(content, text.get()));
        return Optional.of(new String(bytes(content, text.get() + 4, length), StandardCharsets.UTF_8));
    }

    private Optional<Long> reference(int field) throws IOException, FlatException {
        long table = at - number(content, at, 4).getInt(0);
        int size = number(content, table, 2).getShort(0) & 0xFFFF;
        int entry = 4 + 2 * field;
        int offset = entry + 2 <= size ? number(content, table + entry, 2).getShort(0) & 0xFFFF : 0;
        return offset == 0 ? Optional.empty() : Optional.of(at + offset + unsigned(content, at + offset));
    }

    private static long unsigned(Content content, long at) throws IOException, FlatException {
        return Integer.toUnsignedLong(number(content, at, 4).getInt(0));
    }

    private static ByteBuffer number(Content content, long at, int width) throws IOException, FlatException {
        return ByteBuffer.wrap(bytes(content, at, width)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(Content content, long at, int count) throws IOException, FlatException {
        if (at < 0 || at > content.size() - count) {
            throw new FlatException("an offset to byte " + at + " of " + content.size());
        }
        return content.read(at, count);
    }
}
