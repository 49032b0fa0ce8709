package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.http.HeldBodies;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into its messages: each a flag, a length of four bytes, and so many bytes ("Length-Prefixed-Message"). */
final class MessageReader {

    static final int PREFIX = 5;

    private final long max;
    private final HeldBodies held;
    private final boolean gzip;
    private final byte[] prefix = new byte[PREFIX];
    private int prefixRead;
    private long length;
    private HeldBodies.@Nullable Body body;

    /**
     * @param max the largest message
     * @param gzip whether the client said that it compresses
     */
    MessageReader(long max, HeldBodies held, boolean gzip) {
        this.max = max;
        this.held = held;
        this.gzip = gzip;
    }

    /** What becomes of a message. */
    interface Receiver {

        /** A message is complete; it is the receiver's to release. */
        void message(Message message) throws GrpcException;
    }

    /** Takes a part of the stream. */
    void read(Buffer chunk, Receiver receiver) throws GrpcException {
        int at = 0;
        int end = chunk.length();
        while (at < end) {
            if (prefixRead < PREFIX) {
                prefix[prefixRead++] = chunk.getByte(at++);
                if (prefixRead == PREFIX) {
                    begin();
                }
            }
            HeldBodies.Body current = body;
            if (current == null) {
                continue;
            }
            int part = (int) Math.min(length - current.length(), end - at);
            if (part > 0 && !current.append(part == end ? chunk : chunk.slice(at, at + part))) {
                throw noRoom();
            }
            at += part;
            if (current.length() == length) {
                prefixRead = 0;
                body = null;
                receiver.message(new Message(prefix[0] == 1, current));
            }
        }
    }

    private void begin() throws GrpcException {
        length = Integer.toUnsignedLong(ByteBuffer.wrap(prefix).getInt(1));
        if (prefix[0] != 0 && prefix[0] != 1) {
            throw new GrpcException(
                    GrpcStatus.INVALID_ARGUMENT,
                    "a message begins with 0, or 1 when it is compressed; found " + (prefix[0] & 0xFF));
        }
        if (prefix[0] == 1 && !gzip) {
            throw new GrpcException(
                    GrpcStatus.INTERNAL, "a message is compressed, but the request names no " + GrpcHeaders.ENCODING);
        }
        if (length > max) {
            throw tooLarge(max, Long.toString(length));
        }
        body = held.open();
    }

    /** Whether a message has begun and the rest of it is to come. */
    boolean isWithin() {
        return prefixRead > 0;
    }

    /** The client is done; what is incomplete is its fault. */
    void end() throws GrpcException {
        boolean incomplete = isWithin();
        release();
        if (incomplete) {
            throw new GrpcException(GrpcStatus.INVALID_ARGUMENT, "the request ends within a message");
        }
    }

    /** Drops what has come of an incomplete message. */
    void release() {
        prefixRead = 0;
        if (body != null) {
            body.release();
            body = null;
        }
    }

    static GrpcException tooLarge(long max, String found) {
        return new GrpcException(
                GrpcStatus.RESOURCE_EXHAUSTED,
                "the message is too large: expected at most " + max + " bytes, found " + found);
    }

    static GrpcException noRoom() {
        return new GrpcException(GrpcStatus.UNAVAILABLE, "too many bytes of requests are waiting; try again");
    }
}
