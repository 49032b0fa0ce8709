package io.github.mlmaven.inspect.scan.hdf5;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes of a file by its own addresses, which count from its first superblock. */
final class Hdf5Bytes {

    /** No structure that is read at once is larger. */
    static final int MOST = 4 << 20;

    private static final int PAGE = 1 << 13;
    private static final int MOST_PAGES = 256;

    private final Content content;
    private final long base;
    private final int offsetSize;
    private final int lengthSize;
    private final Map<Long, ByteBuffer> pages = new LinkedHashMap<>(16, 0.75f, true);

    Hdf5Bytes(Content content, long base, int offsetSize, int lengthSize) {
        this.content = content;
        this.base = base;
        this.offsetSize = offsetSize;
        this.lengthSize = lengthSize;
    }

    int offsetSize() {
        return offsetSize;
    }

    int lengthSize() {
        return lengthSize;
    }

    /** Some bytes, which are known to be there. */
    ByteBuffer read(long address, long count) throws IOException, Hdf5Exception {
        check(address, count);
        if (count > MOST) {
            throw Hdf5Exception.limit("a structure of " + count + " bytes");
        }
        long at = base + address;
        long start = at / PAGE * PAGE;
        if (at + count > start + PAGE) {
            return ByteBuffer.wrap(content.read(at, (int) count)).order(ByteOrder.LITTLE_ENDIAN);
        }
        return page(start).slice((int) (at - start), (int) count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Structures lead to and fro, so that the last pages are kept. */
    private ByteBuffer page(long start) throws IOException {
        ByteBuffer page = pages.get(start);
        if (page == null) {
            page = ByteBuffer.wrap(content.read(start, (int) Math.min(PAGE, content.size() - start)));
            pages.put(start, page);
            if (pages.size() > MOST_PAGES) {
                pages.remove(pages.keySet().iterator().next());
            }
        }
        return page;
    }

    /** Bytes that start with these four letters. */
    ByteBuffer read(String signature, long address, long count) throws IOException, Hdf5Exception {
        ByteBuffer bytes = read(address, count);
        byte[] letters = new byte[4];
        bytes.get(letters);
        if (!signature.equals(new String(letters, StandardCharsets.ISO_8859_1))) {
            throw Hdf5Exception.corrupt("no \"" + signature + "\"", base + address);
        }
        return bytes;
    }

    /** A text that ends with a zero, or before this many bytes. */
    String text(long address, int most) throws IOException, Hdf5Exception {
        check(address, 0);
        ByteBuffer bytes = read(address, Math.min(most, content.size() - base - address));
        return text(bytes);
    }

    /** What is left of the bytes up to a zero, which is passed. */
    static String text(ByteBuffer bytes) {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - start];
        bytes.get(text);
        if (bytes.hasRemaining()) {
            bytes.get();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Bytes that are looked at elsewhere. */
    Content part(String name, long address, long count) throws Hdf5Exception {
        check(address, count);
        return content.part(name, base + address, count);
    }

    /** An address, {@code -1} when there is none. */
    long offset(ByteBuffer bytes) {
        long undefined = offsetSize == 8 ? -1 : (1L << (8 * offsetSize)) - 1;
        long offset = number(bytes, offsetSize);
        return offset == undefined ? -1 : offset;
    }

    long length(ByteBuffer bytes) {
        return number(bytes, lengthSize);
    }

    /** An unsigned number of up to eight bytes. */
    static long number(ByteBuffer bytes, int width) {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number |= (bytes.get() & 0xFFL) << (8 * i);
        }
        return number;
    }

    private void check(long address, long count) throws Hdf5Exception {
        long size = content.size() - base;
        if (address < 0 || count < 0 || address > size - count) {
            throw Hdf5Exception.corrupt("an address outside of the file, or its end", address);
        }
    }
}
