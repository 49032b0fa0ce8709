package io.github.mlmaven.inspect.scan.hdf5;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How a file is to be read, and where its root is; specification, section II.A.
 *
 * @param root the address of the root group's header
 */
record Superblock(Hdf5Bytes file, long root) {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Where the file starts: at 0, 512, 1024, 2048 and so on, whatever is before. */
    static OptionalLong find(Content content) throws IOException {
        for (long at = 0; at < content.size() - 16; at = at == 0 ? 512 : at * 2) {
            if (Arrays.equals(content.read(at, SIGNATURE.length), SIGNATURE)) {
                return OptionalLong.of(at);
            }
        }
        return OptionalLong.empty();
    }

    static Superblock read(Content content, long base) throws IOException, Hdf5Exception {
        ByteBuffer start = new Hdf5Bytes(content, base, 8, 8).read(8, 8);
        int version = start.get(0);
        boolean old = version == 0 || version == 1;
        int offsetSize = start.get(old ? 5 : 1);
        int lengthSize = start.get(old ? 6 : 2);
        if (version < 0 || version > 3) {
            throw Hdf5Exception.corrupt("version " + version + " of the superblock", base);
        }
        if ((offsetSize != 4 && offsetSize != 8) || (lengthSize != 4 && lengthSize != 8)) {
            throw Hdf5Exception.corrupt("addresses of " + offsetSize + " bytes", base);
        }
        Hdf5Bytes file = new Hdf5Bytes(content, base, offsetSize, lengthSize);
        // Before the root's address: four more and the offset of its name; or three.
        long at = old ? (version == 0 ? 24 : 28) + 5L * offsetSize : 12 + 3L * offsetSize;
        return new Superblock(file, file.offset(file.read(at, offsetSize)));
    }
}
