package io.github.mlmaven.inspect.scan.hdf5;

import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.all;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.number;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.text;

/** The older form of HDF5, which h5py writes unless told otherwise: superblock 0, headers of version 1, symbol tables. */
final class OldHdf5File {

    private static final int ROOT = 96;

    private OldHdf5File() {}

    /** A root with one attribute of a text, and one group in its symbol table. */
    static byte[] of(String attribute, String value, String member) {
        byte[] config = attribute(attribute, text(value));
        byte[] root =
                header(config, message(Message.SYMBOL_TABLE, number(ROOT + 16L + config.length + 24, 8), number(0, 8)));
        long tree = ROOT + root.length;
        long heap = tree + 24 + 24;
        long names = heap + 32;
        long symbols = names + 16;
        long group = symbols + 8 + 40;
        byte[] linked = header(config, message(Message.SYMBOL_TABLE, number(tree, 8), number(heap, 8)));
        return all(
                superblock(),
                linked,
                all(
                        text("TREE"),
                        new byte[] {0, 0, 1, 0},
                        number(-1, 8),
                        number(-1, 8),
                        number(0, 8),
                        number(symbols, 8),
                        number(8, 8)),
                all(text("HEAP"), new byte[4], number(16, 8), number(-1, 8), number(names, 8)),
                java.util.Arrays.copyOf(text(member), 16),
                all(text("SNOD"), new byte[] {1, 0, 1, 0}, number(0, 8), number(group, 8), new byte[24]),
                header());
    }

    private static byte[] superblock() {
        return all(
                new byte[] {
                    (byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0
                },
                number(0, 8),
                number(-1, 8),
                number(0, 8),
                number(-1, 8),
                number(0, 8),
                number(ROOT, 8),
                new byte[24]);
    }

    private static byte[] header(byte[]... messages) {
        byte[] content = all(messages);
        return all(
                new byte[] {1, 0, (byte) messages.length, 0, 1, 0, 0, 0},
                number(content.length, 4),
                new byte[4],
                content);
    }

    private static byte[] message(int type, byte[]... parts) {
        byte[] content = padded(all(parts));
        return all(number(type, 2), number(content.length, 2), new byte[4], content);
    }

    /** Version 1: everything in it is filled up to eight bytes. */
    private static byte[] attribute(String name, byte[] value) {
        byte[] zeroed = text(name + "\0");
        return message(
                Message.ATTRIBUTE,
                new byte[] {1, 0},
                number(zeroed.length, 2),
                number(8, 2),
                number(8, 2),
                padded(zeroed),
                Hdf5File.datatype(0x13, 0, value.length),
                new byte[] {1, 0, 0, 0, 0, 0, 0, 0},
                value);
    }

    private static byte[] padded(byte[] bytes) {
        return java.util.Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    }
}
