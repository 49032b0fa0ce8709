package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.NameSet;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.IOException;

/** What a GGUF file says of its tensors, held against the bytes behind it. */
final class GgufTensors {

    private static final int MAX_TENSORS = 1_000_000;
    private static final int MAX_NAME = 255;
    private static final int MAX_RANK = 4;

    private final ByteReader in;
    private final GgufStrings strings;
    private final long alignment;
    private final NameSet names = new NameSet();
    private final Intervals intervals = new Intervals();

    GgufTensors(ByteReader in, GgufStrings strings, long alignment) {
        this.in = in;
        this.strings = strings;
        this.alignment = alignment;
    }

    void check(long count) throws IOException, MalformedException {
        if (count > MAX_TENSORS) {
            throw MalformedException.limit("there are too many tensors", "at most " + MAX_TENSORS, "" + count);
        }
        long infos = in.position();
        for (long i = 0; i < count; i++) {
            String name = strings.text("a tensor's name", MAX_NAME);
            if (!names.add(name)) {
                throw corrupt("two tensors have one name", "each name once", "another " + Shown.of(name));
            }
            readInfo("tensor " + Shown.of(name));
        }
        if (count > 0) {
            checkOffsets(infos);
        }
    }

    private void readInfo(String tensor) throws IOException, MalformedException {
        long rank = in.u32();
        if (rank > MAX_RANK) {
            throw corrupt(tensor + " has too many dimensions", "at most " + MAX_RANK, "" + rank);
        }
        long elements = 1;
        long row = 1;
        for (int i = 0; i < rank; i++) {
            long size = strings.version() == 1 ? in.u32() : in.i64();
            row = i == 0 ? size : row;
            elements = product(tensor, elements, size);
        }
        long number = in.u32();
        GgmlType type = GgmlType.of(number)
                .orElseThrow(() -> corrupt(tensor + " has an unknown type", "a type of ggml, 0 to 39", "" + number));
        if (row % type.block() != 0) {
            throw corrupt(
                    tensor + " has a row that is not whole blocks",
                    "a multiple of " + type.block() + " elements",
                    "" + row);
        }
        long offset = in.i64();
        if (offset < 0 || offset % alignment != 0) {
            throw corrupt(
                    tensor + " starts at an impossible place",
                    "a multiple of " + alignment,
                    Long.toUnsignedString(offset));
        }
        try {
            intervals.add(offset, Math.addExact(offset, type.bytes(elements)));
        } catch (ArithmeticException e) {
            throw tooLarge(tensor);
        }
    }

    private static long product(String tensor, long elements, long size) throws MalformedException {
        try {
            if (size >= 0) {
                return Math.multiplyExact(elements, size);
            }
        } catch (ArithmeticException e) {
            // As for a size that is none.
        }
        throw tooLarge(tensor);
    }

    private static MalformedException tooLarge(String tensor) {
        return corrupt(tensor + " has more elements than can be counted", "at most 2^63-1 bytes", "more");
    }

    private void checkOffsets(long infos) throws IOException, MalformedException {
        long start = (in.position() + alignment - 1) / alignment * alignment;
        long size = in.position() + in.left() - start;
        intervals.sort();
        long filled = 0;
        for (int i = 0; i < intervals.size(); i++) {
            if (intervals.start(i) < filled) {
                throw corrupt(
                        "tensor " + Shown.of(nameOf(infos, intervals.ordinal(i))) + " lies within another one",
                        "a start at byte " + filled + " or behind",
                        "byte " + intervals.start(i));
            }
            filled = intervals.end(i);
            if (filled > size) {
                throw MalformedException.truncated(
                        filled + " bytes of tensors, for " + Shown.of(nameOf(infos, intervals.ordinal(i))),
                        Math.max(0, size) + " bytes");
            }
        }
    }

    /** Reads the tensors once more: keeping a million names would take more memory than a file deserves. */
    private String nameOf(long infos, int ordinal) throws IOException, MalformedException {
        in.seek(infos);
        for (int i = 0; i < ordinal; i++) {
            strings.skipText();
            long rank = in.u32();
            in.skip(rank * (strings.version() == 1 ? 4 : 8) + 4 + 8);
        }
        return strings.text("a tensor's name", MAX_NAME);
    }
}
