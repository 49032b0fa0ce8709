package io.github.mlmaven.bench;

import io.github.mlmaven.model.json.ElementMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Direct memory of one thread: one request after the other, all of the same sizes, gets the same. */
final class ReusedMemory implements ElementMemory {

    /** Where vector instructions load whole cache lines, as the server's memory. */
    private static final int ALIGNMENT = 64;

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int next;

    @Override
    public ByteBuffer allocate(int bytes) {
        if (next == buffers.size()) {
            // The slice ends at a line, too.
            buffers.add(ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT).alignedSlice(ALIGNMENT));
        }
        ByteBuffer buffer = buffers.get(next++);
        return buffer.clear().limit(bytes);
    }

    /** The next request begins. */
    void rewind() {
        next = 0;
    }
}
