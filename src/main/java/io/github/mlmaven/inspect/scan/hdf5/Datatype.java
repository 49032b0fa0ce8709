package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The type of an attribute's or data set's elements; specification, section IV.A.2.d.
 *
 * @param kind its class, {@code -1} when it is not read
 * @param size of an element in bytes
 */
record Datatype(int kind, boolean text, long size) {

    static final int NUMBER = 0;
    static final int STRING = 3;
    static final int OPAQUE = 5;
    static final int VARIABLE = 9;

    static Datatype read(ByteBuffer bytes) throws Hdf5Exception {
        if (bytes.remaining() < 8) {
            throw Hdf5Exception.corrupt("a type of " + bytes.remaining() + " bytes", bytes.position());
        }
        int kind = bytes.get() & 0x0F;
        boolean text = (bytes.get() & 0x0F) == 1;
        bytes.getShort();
        return new Datatype(kind, kind == VARIABLE && text, Integer.toUnsignedLong(bytes.getInt()));
    }

    /** Of a message, which may say where it is instead; section IV.A.2.s of types that are shared. */
    static Datatype read(Hdf5Bytes file, ByteBuffer bytes, boolean shared) throws IOException, Hdf5Exception {
        if (!shared) {
            return read(bytes);
        }
        int version = bytes.get();
        int where = bytes.get();
        if (version == 3 && where == 1) {
            throw Hdf5Exception.limit("a type in the file's heap of shared messages");
        }
        bytes.position(bytes.position() + (version == 1 ? 6 : 0));
        Message type = ObjectHeader.read(file, file.offset(bytes))
                .first(Message.DATATYPE)
                .orElseThrow(() -> Hdf5Exception.corrupt("no type where a shared one should be", 0));
        if (type.shared()) {
            throw Hdf5Exception.corrupt("a shared type that is shared again", 0);
        }
        return read(type.bytes());
    }

    /** Whether an element may hold any bytes. */
    boolean isBytes() {
        return kind == STRING || kind == OPAQUE || (kind == NUMBER && size == 1);
    }
}
