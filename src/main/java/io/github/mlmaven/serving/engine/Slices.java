package io.github.mlmaven.serving.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Direct memory, given out piece by piece; each starts where vector instructions load whole cache lines. */
final class Slices {

    private static final int ALIGNMENT = 64;

    /** What one piece of memory can hold. */
    static final long MAX = Integer.MAX_VALUE - 1024L;

    private final ByteBuffer memory;
    private int used;

    Slices(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Memory for pieces of altogether so many aligned bytes. */
    static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes + ALIGNMENT).alignedSlice(ALIGNMENT);
    }

    /** What a piece of so many bytes takes. */
    static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    ByteBuffer next(long bytes) {
        ByteBuffer slice = memory.slice(used, (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        used += (int) aligned(bytes);
        return slice;
    }
}
