package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where values of variable length are; specification, section III.E. */
record GlobalHeap(long address, long size) {

    private static final int MOST_OBJECTS = 1 << 16;

    /** The value that an attribute or element names by its length, the address of a collection, and a number in it. */
    static GlobalHeap find(Hdf5Bytes file, ByteBuffer reference) throws IOException, Hdf5Exception {
        long length = Integer.toUnsignedLong(reference.getInt());
        long collection = file.offset(reference);
        int index = reference.getInt();
        ByteBuffer header = file.read("GCOL", collection, 8 + file.lengthSize());
        header.position(8);
        long size = file.length(header);
        long at = collection + 8 + file.lengthSize();
        for (int i = 0; i < MOST_OBJECTS && at + 8 + file.lengthSize() <= collection + size; i++) {
            ByteBuffer object = file.read(at, 8 + file.lengthSize());
            int number = object.getShort() & 0xFFFF;
            object.position(8);
            long objectSize = file.length(object);
            long start = at + 8 + file.lengthSize();
            if (objectSize < 0 || objectSize > collection + size - start) {
                break;
            }
            if (number == index) {
                return new GlobalHeap(start, Math.min(length, objectSize));
            }
            at = start + (objectSize + 7) / 8 * 8;
            if (number == 0) {
                break;
            }
        }
        throw Hdf5Exception.corrupt("a value that is not in its heap", collection);
    }
}
