package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** A block of 512 bytes before the data of a tar archive's entry (POSIX.1-2017, pax, "ustar Interchange Format"). */
final class TarHeader {

    static final int SIZE = 512;

    private static final int CHECKSUM = 148;
    private static final int SIZE_FIELD = 124;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int SPARSE_EXTENDED = 482;

    private final byte[] block;

    private TarHeader(byte[] block) {
        this.block = block;
    }

    /** By its first block: the checksum is what old archives have instead of a magic. */
    static boolean isTar(Content content) throws IOException {
        return content.size() >= SIZE
                && read(content.head(SIZE))
                        .filter(first -> first.size().isPresent())
                        .isPresent();
    }

    /** Empty when the checksum is another. */
    static Optional<TarHeader> read(byte[] block) {
        OptionalLong expected = octal(block, CHECKSUM, 8);
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < SIZE; i++) {
            byte value = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
            unsigned += value & 0xFF;
            signed += value;
        }
        boolean matches = expected.isPresent()
                && (expected.getAsLong() == unsigned || expected.getAsLong() == signed)
                && block[CHECKSUM] != 0;
        return matches ? Optional.of(new TarHeader(block)) : Optional.empty();
    }

    static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    EntryName name() {
        byte[] name = text(0, 100);
        boolean isPosix = Arrays.equals(block, MAGIC, MAGIC + 6, "ustar\0".getBytes(StandardCharsets.US_ASCII), 0, 6);
        byte[] prefix = isPosix ? text(PREFIX, 155) : new byte[0];
        if (prefix.length == 0) {
            return EntryName.of(name);
        }
        byte[] all = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        all[prefix.length] = '/';
        System.arraycopy(name, 0, all, prefix.length + 1, name.length);
        return EntryName.of(all);
    }

    char type() {
        return (char) (block[TYPE] & 0xFF);
    }

    /** Of the data that follows; empty when it is no number, negative or beyond any file. */
    OptionalLong size() {
        if ((block[SIZE_FIELD] & 0x80) == 0) {
            return octal(block, SIZE_FIELD, 12);
        }
        // GNU's and star's numbers of base 256: the first bit is set, the rest is the number.
        long size = block[SIZE_FIELD] & 0x7F;
        for (int i = 1; i < 12; i++) {
            if (size >>> 55 != 0) {
                return OptionalLong.empty();
            }
            size = size << 8 | (block[SIZE_FIELD + i] & 0xFF);
        }
        return OptionalLong.of(size);
    }

    /** Whether more of GNU's map of a sparse file follows. */
    boolean hasSparseExtension() {
        return block[SPARSE_EXTENDED] != 0;
    }

    private byte[] text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, at, end);
    }

    private static OptionalLong octal(byte[] block, int at, int length) {
        String text = new String(block, at, length, StandardCharsets.ISO_8859_1);
        int nul = text.indexOf('\0');
        String digits = (nul < 0 ? text : text.substring(0, nul)).strip();
        if (digits.isEmpty()) {
            return OptionalLong.of(0);
        }
        return digits.chars().allMatch(c -> c >= '0' && c <= '7')
                ? OptionalLong.of(Long.parseLong(digits, 8))
                : OptionalLong.empty();
    }
}
