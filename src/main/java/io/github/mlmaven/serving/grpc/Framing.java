package io.github.mlmaven.serving.grpc;

import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.serving.http.ContentCoding;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes messages as a stream has them, which {@link MessageReader} reads: with a flag and a length before each. */
final class Framing {

    /** Messages below are not worth compressing. */
    private static final int MIN_COMPRESSED = 1024;

    private Framing() {}

    /**
     * Writes one.
     *
     * @param compress whether it may be compressed
     * @param memory holds it
     */
    static Buffer frame(OutMessage message, boolean compress, ElementMemory memory) {
        int size = message.size();
        ByteBuffer framed = memory.allocate(MessageReader.PREFIX + size);
        ByteBuffer body = framed.slice(MessageReader.PREFIX, size);
        CodedOutputStream out = CodedOutputStream.newInstance(body.duplicate());
        try {
            message.write(out);
            out.flush();
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean compressed = compress && size >= MIN_COMPRESSED;
        if (compressed) {
            ByteBuffer gzip = ContentCoding.GZIP.encode(body, memory);
            size = gzip.remaining();
            framed = memory.allocate(MessageReader.PREFIX + size);
            framed.put(MessageReader.PREFIX, gzip, 0, size);
        }
        framed.put(0, (byte) (compressed ? 1 : 0)).order(ByteOrder.BIG_ENDIAN).putInt(1, size);
        return BufferInternal.buffer(Unpooled.wrappedBuffer(framed));
    }
}
