package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A heap of blocks, of which each row of a table has twice the size of the one before; specification, section III.G.
 *
 * @param width blocks in a row
 * @param first size of the first blocks
 * @param largest size of blocks that are not tables themselves
 * @param root the address of the table, or of the only block when there are no rows
 */
record FractalHeap(
        Hdf5Bytes file, int offsetWidth, int lengthWidth, int width, long first, long largest, long root, int rows) {

    static FractalHeap read(Hdf5Bytes file, long address) throws IOException, Hdf5Exception {
        int lengths = file.lengthSize();
        int offsets = file.offsetSize();
        ByteBuffer header = file.read("FRHP", address, 22 + 12L * lengths + 3L * offsets);
        header.position(7);
        int filters = header.getShort();
        header.get();
        long largestObject = Integer.toUnsignedLong(header.getInt());
        header.position(header.position() + 10 * lengths + 2 * offsets);
        int width = header.getShort() & 0xFFFF;
        long first = file.length(header);
        long largest = file.length(header);
        int bits = header.getShort() & 0xFFFF;
        header.getShort();
        long root = file.offset(header);
        int rows = header.getShort() & 0xFFFF;
        if (filters != 0) {
            throw Hdf5Exception.limit("a compressed heap of links or attributes");
        }
        if (width == 0 || first <= 0 || largest < first || largest > 1L << 31 || bits == 0 || bits > 64 || rows > 64) {
            throw Hdf5Exception.corrupt("a heap with an impossible table", address);
        }
        int bitsOfLargest = 63 - Long.numberOfLeadingZeros(largest);
        int bitsOfObject = 64 - Long.numberOfLeadingZeros(Math.max(1, largestObject));
        int lengthWidth = (Math.min(bitsOfLargest, bitsOfObject) + 7) / 8;
        return new FractalHeap(file, (bits + 7) / 8, lengthWidth, width, first, largest, root, rows);
    }

    /** The bytes that an id names; section III.G.2. */
    ByteBuffer object(ByteBuffer id) throws IOException, Hdf5Exception {
        int flags = id.get();
        if ((flags & 0x30) == 0x20) {
            // Few bytes are in the id itself.
            int size = Math.min((flags & 0x0F) + 1, id.remaining());
            return id.slice(id.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        }
        if ((flags & 0x30) != 0) {
            throw Hdf5Exception.limit("a link or attribute that is too large for its heap");
        }
        long offset = Hdf5Bytes.number(id, offsetWidth);
        long length = Hdf5Bytes.number(id, lengthWidth);
        return file.read(address(offset), length);
    }

    private long address(long offset) throws IOException, Hdf5Exception {
        long table = root;
        long in = offset;
        int tableRows = rows;
        // Each table within a table is smaller than it.
        for (int depth = 0; depth < 64; depth++) {
            if (tableRows == 0) {
                return table + in;
            }
            int row = 0;
            long size = first;
            while (row < tableRows && in >= size * width) {
                in -= size * width;
                size = row == 0 ? first : size * 2;
                row++;
            }
            if (row == tableRows) {
                break;
            }
            long column = in / size;
            in %= size;
            long entry = 5L + file.offsetSize() + offsetWidth + ((long) row * width + column) * file.offsetSize();
            file.read("FHIB", table, 4);
            table = file.offset(file.read(table + entry, file.offsetSize()));
            tableRows = size <= largest ? 0 : rowsOf(size);
        }
        throw Hdf5Exception.corrupt("a link or attribute outside of its heap", offset);
    }

    /** A table of this size altogether: its rows are of the first size twice, then double. */
    private int rowsOf(long size) {
        int rows = 0;
        long row = first;
        for (long all = 0; all < size && rows < 64; rows++) {
            all += row * width;
            row = rows == 0 ? first : row * 2;
        }
        return rows;
    }
}
