package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.json.ElementMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Direct memory for one request's tensors, from a pool and back to it on close; one thread at a time. */
public final class RequestMemory implements ElementMemory, AutoCloseable {

    private final List<ByteBuf> taken = new ArrayList<>(4);

    @Override
    public ByteBuffer allocate(int bytes) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
        taken.add(buffer);
        return buffer.nioBuffer(0, bytes);
    }

    @Override
    public void close() {
        taken.forEach(ByteBuf::release);
        taken.clear();
    }
}
