package io.github.mlmaven.inspect.scan.trees;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Passes over Universal Binary JSON, draft 12, with its optimised containers; keeps nothing but the keys it is asked
 * for.
 *
 * @see <a href="https://ubjson.org/type-reference/">the types</a>
 */
final class UbjsonReader {

    private static final int MAX_NESTING = 64;
    private static final int MAX_KEY = 4096;

    private final ByteReader in;

    UbjsonReader(ByteReader in) {
        this.in = in;
    }

    /** Reads the outermost object and says its keys. */
    void object(Consumer<String> keys) throws IOException, MalformedException {
        if (in.u8() != '{') {
            throw corrupt("the model is not an object", "an object", "something else");
        }
        object(keys, 0);
        if (in.left() > 0) {
            throw corrupt("something follows the model", "one object", in.left() + " bytes more");
        }
    }

    /** A key: the type of its length, its length, its bytes. */
    String key() throws IOException, MalformedException {
        return key(in.u8());
    }

    private String key(int lengthType) throws IOException, MalformedException {
        long length = length(lengthType);
        if (length > MAX_KEY) {
            throw MalformedException.limit("a key is too long", "at most " + MAX_KEY + " bytes", "" + length);
        }
        return in.text((int) length);
    }

    private void object(Consumer<String> keys, int nesting) throws IOException, MalformedException {
        Header header = header();
        if (header.count >= 0) {
            for (long i = 0; i < header.count; i++) {
                keys.accept(key());
                value(header.type == 0 ? in.u8() : header.type, nesting + 1);
            }
            return;
        }
        for (int next = header.next; next != '}'; next = marker()) {
            keys.accept(key(next));
            value(in.u8(), nesting + 1);
        }
    }

    private void array(int nesting) throws IOException, MalformedException {
        Header header = header();
        if (header.count >= 0) {
            int width = width(header.type);
            if (width >= 0) {
                in.skip(Math.multiplyExact(header.count, (long) width));
                return;
            }
            for (long i = 0; i < header.count; i++) {
                value(header.type == 0 ? in.u8() : header.type, nesting + 1);
            }
            return;
        }
        for (int next = header.next; next != ']'; next = marker()) {
            value(next, nesting + 1);
        }
    }

    private void value(int type, int nesting) throws IOException, MalformedException {
        if (nesting > MAX_NESTING) {
            throw MalformedException.limit("it is nested too deep", "at most " + MAX_NESTING + " levels", "more");
        }
        int width = width(type);
        if (width >= 0) {
            in.skip(width);
            return;
        }
        switch (type) {
            case 'S', 'H' -> in.skip(length(in.u8()));
            case '[' -> array(nesting);
            case '{' -> object(key -> {}, nesting);
            default ->
                throw corrupt(
                        "there is an unknown marker before byte " + in.position(), "a marker of UBJSON", "" + type);
        }
    }

    /** The bytes of a value of fixed size; -1 for others, 0 also for what is none. */
    private static int width(int type) {
        return switch (type) {
            case 'Z', 'N', 'T', 'F' -> 0;
            case 'i', 'U', 'C' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> -1;
        };
    }

    /**
     * What a container starts with.
     *
     * @param type of all its values, or 0
     * @param count of its values, or -1
     * @param next the marker that was read already when there is no count
     */
    private record Header(int type, long count, int next) {}

    private Header header() throws IOException, MalformedException {
        int next = marker();
        int type = 0;
        if (next == '$') {
            type = in.u8();
            next = in.u8();
            if (next != '#') {
                throw corrupt("a container has a type and no count", "#", "" + next);
            }
        }
        if (next != '#') {
            return new Header(0, -1, next);
        }
        long count = length(in.u8());
        if (count > in.left()) {
            // Also where the values take no bytes at all: such a count only costs time.
            throw MalformedException.truncated(
                    count + " values behind byte " + in.position(), in.left() + " bytes for them");
        }
        return new Header(type, count, 0);
    }

    private int marker() throws IOException, MalformedException {
        int marker = in.u8();
        while (marker == 'N') {
            marker = in.u8();
        }
        return marker;
    }

    private long length(int type) throws IOException, MalformedException {
        long length = switch (type) {
            case 'i' -> (byte) in.u8();
            case 'U' -> in.u8();
            case 'I' -> (short) in.u16();
            case 'l' -> (int) in.u32();
            case 'L' -> in.i64();
            default ->
                throw corrupt("a length is no whole number before byte " + in.position(), "i, U, I, l or L", "" + type);
        };
        if (length < 0) {
            throw corrupt("a length is negative before byte " + in.position(), "0 or more", "" + length);
        }
        return length;
    }
}
