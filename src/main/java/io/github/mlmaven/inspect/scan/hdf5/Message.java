package io.github.mlmaven.inspect.scan.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the header of an object says, one thing a message.
 *
 * @param shared whether it says only where that is said
 */
record Message(int type, boolean shared, ByteBuffer data) {

    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int ATTRIBUTE = 0x0C;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    /** From its first byte. */
    ByteBuffer bytes() {
        return data.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
