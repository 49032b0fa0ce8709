package io.github.mlmaven.inspect.scan.hdf5;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A member of a group; specification, section IV.A.2.g.
 *
 * @param address of the member's header, {@code -1} when it is only a path, or is in another file
 * @param outside what it is in another file
 */
record Link(String name, long address, Optional<String> outside) {

    private static final int HARD = 0;
    private static final int SOFT = 1;
    private static final int EXTERNAL = 64;

    static Link hard(String name, long address) {
        return new Link(name, address, Optional.empty());
    }

    static Link read(Hdf5Bytes file, ByteBuffer bytes) throws Hdf5Exception {
        int version = bytes.get();
        int flags = bytes.get();
        if (version != 1) {
            throw Hdf5Exception.corrupt("version " + version + " of a link", 0);
        }
        int type = (flags & 0x08) != 0 ? bytes.get() & 0xFF : HARD;
        bytes.position(bytes.position() + ((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        String name = text(bytes, Hdf5Bytes.number(bytes, 1 << (flags & 3)));
        if (type == HARD) {
            return hard(name, file.offset(bytes));
        }
        ByteBuffer value = bytes.slice(bytes.position() + 2, bytes.getShort() & 0xFFFF);
        if (type == SOFT) {
            return new Link(name, -1, Optional.empty());
        }
        if (type != EXTERNAL) {
            return new Link(name, -1, Optional.of("a link of the unknown type " + type));
        }
        value.get();
        return new Link(name, -1, Optional.of(Hdf5Bytes.text(value)));
    }

    private static String text(ByteBuffer bytes, long length) throws Hdf5Exception {
        if (length < 0 || length > bytes.remaining()) {
            throw Hdf5Exception.corrupt("a name of " + length + " bytes", 0);
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
