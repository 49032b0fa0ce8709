package io.github.mlmaven.inspect.scan.hdf5;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes HDF5 files message by message, also such as no library writes: a superblock of version 2, headers of version 2. */
final class Hdf5File {

    private static final int SUPERBLOCK = 48;

    private final ByteArrayOutputStream behind = new ByteArrayOutputStream();
    private final int base;

    private Hdf5File(int base) {
        this.base = base;
    }

    /** Objects and heaps are laid out before the root, from the end of the superblock on. */
    static Hdf5File start() {
        return new Hdf5File(0);
    }

    /** Behind a block of the user's. */
    static Hdf5File startAt(int base) {
        return new Hdf5File(base);
    }

    /** Appends bytes, and returns their address. */
    long put(byte[] bytes) {
        long address = SUPERBLOCK + behind.size();
        behind.writeBytes(bytes);
        behind.writeBytes(new byte[(8 - bytes.length % 8) % 8]);
        return address;
    }

    long object(byte[]... messages) {
        return put(header(messages));
    }

    /** The address that the next thing will have. */
    long next() {
        return SUPERBLOCK + behind.size();
    }

    byte[] root(byte[]... messages) {
        long root = put(header(messages));
        byte[] block = all(
                new byte[base],
                new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 2, 8, 8, 0},
                number(0, 8),
                number(-1, 8),
                number(SUPERBLOCK + behind.size(), 8),
                number(root, 8),
                new byte[4]);
        return all(block, behind.toByteArray());
    }

    static byte[] header(byte[]... messages) {
        byte[] content = all(messages);
        return all(text("OHDR"), new byte[] {2, 2}, number(content.length, 4), content, new byte[4]);
    }

    static byte[] message(int type, byte[]... parts) {
        byte[] content = all(parts);
        return all(new byte[] {(byte) type}, number(content.length, 2), new byte[1], content);
    }

    /** An attribute of a text of fixed length. */
    static byte[] attribute(String name, String value) {
        return attribute(name, 0x13, value.getBytes(StandardCharsets.UTF_8));
    }

    /** An attribute of one element of a class of types. */
    static byte[] attribute(String name, int typeClass, byte[] value) {
        return attributeOf(name, datatype(typeClass, 0, value.length), value);
    }

    /** An attribute of a text in a heap. */
    static byte[] variable(String name, int length, long heap, int index) {
        byte[] type = all(datatype(0x19, 1, 16), datatype(0x13, 0, 1));
        return attributeOf(name, type, all(number(length, 4), number(heap, 8), number(index, 4)));
    }

    static byte[] attributeOf(String name, byte[] type, byte[] value) {
        byte[] zeroed = text(name + "\0");
        return message(
                Message.ATTRIBUTE,
                new byte[] {3, 0},
                number(zeroed.length, 2),
                number(type.length, 2),
                number(4, 2),
                new byte[1],
                zeroed,
                type,
                new byte[] {2, 0, 0, 0},
                value);
    }

    static byte[] datatype(int typeClass, int bits, int size) {
        return all(new byte[] {(byte) typeClass, (byte) bits, 0, 0}, number(size, 4));
    }

    /** A collection with one value, number 1. */
    static byte[] heap(String value) {
        byte[] bytes = text(value);
        int padded = (bytes.length + 7) / 8 * 8;
        return all(
                text("GCOL"),
                new byte[] {1, 0, 0, 0},
                number(16 + 16 + padded, 8),
                number(1, 2),
                number(1, 2),
                new byte[4],
                number(bytes.length, 8),
                bytes,
                new byte[padded - bytes.length]);
    }

    static byte[] link(String name, long address) {
        return message(Message.LINK, new byte[] {1, 0, (byte) name.length()}, text(name), number(address, 8));
    }

    static byte[] external(String name, String file, String path) {
        byte[] value = all(new byte[1], text(file + "\0" + path + "\0"));
        return message(
                Message.LINK, new byte[] {1, 8, 64, (byte) name.length()}, text(name), number(value.length, 2), value);
    }

    /** A data set of bytes that lies in one piece. */
    static byte[][] bytes(long address, int size) {
        return new byte[][] {
            message(Message.DATATYPE, datatype(0x10, 0, 1)),
            message(Message.LAYOUT, new byte[] {3, 1}, number(address, 8), number(size, 8))
        };
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(long number, int width) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        return java.util.Arrays.copyOf(bytes, width);
    }

    static byte[] all(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
