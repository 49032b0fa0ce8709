package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
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
public final class HeldBodies {

    private final long max;
    private final AtomicLong held = new AtomicLong();

    HeldBodies(long max) {
        this.max = max;
    }

    /** A body that is about to arrive. */
    public Body open() {
        return new Body();
    }

    /** The bytes that are held now. */
    long bytes() {
        return held.get();
    }

    /** What became of a compressed body. */
    public enum Decoded {
        WHOLE,
        TOO_LARGE,
        NO_ROOM
    }

    /** The body of one request, in pooled memory of the Java heap; for its event loop alone. */
    public final class Body {
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

        /** What of {@link #held} is this body's. */
        private long counted;

        private boolean tooLarge;
        private boolean released;

        /** The bytes that are there. */
        public int length() {
            return bytes.readableBytes();
        }

        /** Valid until the release. */
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(bytes.array(), bytes.arrayOffset(), bytes.readableBytes());
        }

        /**
         * Takes a further part in; false, and nothing is taken, when there is no room for it.
         *
         * @throws OutOfMemoryError when the heap has none; then nothing is taken either
         */
        public boolean append(Buffer chunk) {
            ByteBuf source = ((BufferInternal) chunk).getByteBuf();
            if (!reserve(source.readableBytes())) {
                return false;
            }
            bytes.writeBytes(source, source.readerIndex(), source.readableBytes());
            return true;
        }

        private boolean append(byte[] part, int length) {
            if (!reserve(length)) {
                return false;
            }
            bytes.writeBytes(part, 0, length);
            return true;
        }

        private boolean fits(int length, long most) {
            tooLarge = length() + length > most;
            return !tooLarge;
        }

        private boolean reserve(int length) {
            if (released) {
                return false;
            }
            if (held.addAndGet(length) > max) {
                held.addAndGet(-length);
                return false;
            }
            try {
                if (bytes.capacity() == 0) {
                    bytes = PooledByteBufAllocator.DEFAULT.heapBuffer(length);
                } else {
                    bytes.ensureWritable(length);
                }
            } catch (OutOfMemoryError e) {
                held.addAndGet(-length);
                throw e;
            }
            counted += length;
            return true;
        }

        /**
         * Puts the decompressed content in the place of what has arrived; on any thread, as long as no other is here.
         * Only the content counts from now on: counted together with what it came from, one that is as large as
         * allowed would not fit even alone.
         *
         * @param most the bytes that the content may have
         * @throws TensorFormatException when it is broken
         */
        public Decoded decode(ContentCoding coding, long most) throws TensorFormatException {
            Body content = new Body();
            held.addAndGet(-counted);
            counted = 0;
            try {
                boolean fits = coding.decode(
                        bytes(), (part, length) -> content.fits(length, most) && content.append(part, length));
                if (fits) {
                    ByteBuf compressed = bytes;
                    bytes = content.bytes;
                    content.bytes = compressed;
                    counted = content.counted;
                    content.counted = 0;
                    return Decoded.WHOLE;
                }
                return content.tooLarge ? Decoded.TOO_LARGE : Decoded.NO_ROOM;
            } finally {
                content.release();
            }
        }

        /** Gives the room back; further calls do nothing. */
        public void release() {
            if (!released) {
                released = true;
                held.addAndGet(-counted);
                bytes.release();
            }
        }
    }
}
