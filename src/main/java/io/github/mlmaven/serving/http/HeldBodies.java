package io.github.mlmaven.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of the bodies that are held at once, by all event loops. Only what has arrived counts: a client
 * that announces a large body and sends nothing takes no room from others.
 */
final class HeldBodies {

    private final long max;
    private final AtomicLong held = new AtomicLong();

    HeldBodies(long max) {
        this.max = max;
    }

    /** A body that is about to arrive. */
    Body open() {
        return new Body();
    }

    /** The body of one request, in pooled memory of the Java heap; for its event loop alone. */
    final class Body {
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private boolean released;

        int length() {
            return bytes.readableBytes();
        }

        /** Valid until the release. */
        ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes.array(), bytes.arrayOffset(), bytes.readableBytes());
        }

        /** Takes a further part in; false, and nothing is taken, when there is no room for it. */
        boolean append(Buffer chunk) {
            if (released) {
                return false;
            }
            if (held.addAndGet(chunk.length()) > max) {
                held.addAndGet(-chunk.length());
                return false;
            }
            if (bytes.capacity() == 0) {
                bytes = PooledByteBufAllocator.DEFAULT.heapBuffer(chunk.length());
            }
            ByteBuf source = ((BufferInternal) chunk).getByteBuf();
            bytes.writeBytes(source, source.readerIndex(), source.readableBytes());
            return true;
        }

        /** Gives the room back; further calls do nothing. */
        void release() {
            if (!released) {
                released = true;
                held.addAndGet(-bytes.readableBytes());
                bytes.release();
            }
        }
    }
}
