package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A named value of an object; specification, section IV.A.2.m. */
record Attribute(String name, Datatype type, ByteBuffer value) {

    static Attribute read(Hdf5Bytes file, ByteBuffer bytes) throws IOException, Hdf5Exception {
        try {
            int version = bytes.get();
            int flags = bytes.get();
            int nameSize = bytes.getShort() & 0xFFFF;
            int typeSize = bytes.getShort() & 0xFFFF;
            int spaceSize = bytes.getShort() & 0xFFFF;
            if (version < 1 || version > 3) {
                throw Hdf5Exception.corrupt("version " + version + " of an attribute", 0);
            }
            if (version == 3) {
                bytes.get();
            }
            int unit = version == 1 ? 8 : 1;
            String name = name(take(bytes, nameSize, unit));
            ByteBuffer typeBytes = take(bytes, typeSize, unit);
            take(bytes, spaceSize, unit);
            Datatype type = Datatype.read(file, typeBytes, version > 1 && (flags & 1) != 0);
            return new Attribute(name, type, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw Hdf5Exception.corrupt("an attribute that ends behind its message", 0);
        }
    }

    private static String name(ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        int zero = text.indexOf(0);
        return zero < 0 ? text : text.substring(0, zero);
    }

    private static ByteBuffer take(ByteBuffer bytes, int size, int unit) {
        ByteBuffer part = bytes.slice().limit(size).slice().order(ByteOrder.LITTLE_ENDIAN);
        int padded = (size + unit - 1) / unit * unit;
        bytes.position(bytes.position() + padded);
        return part;
    }
}
