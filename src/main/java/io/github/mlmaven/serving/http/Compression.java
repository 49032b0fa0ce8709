package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.ElementMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses from one memory into another; the JDK's streams know arrays only. */
final class Compression {

    /** Magic number, method deflate, no flags and no time, level "fastest", system unknown (RFC 1952 §2.3). */
    private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private static final int GZIP_TRAILER = 2 * Integer.BYTES;

    private Compression() {}

    /** All that remains of the content. */
    static ByteBuffer compress(ContentCoding coding, ByteBuffer content, ElementMemory memory) {
        boolean gzip = coding == ContentCoding.GZIP;
        ByteBuffer out = memory.allocate(64 + content.remaining() / 2);
        if (gzip) {
            out.put(GZIP_HEADER);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, gzip);
        try {
            deflater.setInput(content.duplicate());
            deflater.finish();
            while (!deflater.finished()) {
                if (out.remaining() <= GZIP_TRAILER) {
                    out = memory.allocate(Math.multiplyExact(2, out.limit())).put(out.flip());
                }
                deflater.deflate(out);
            }
        } finally {
            deflater.end();
        }
        return gzip ? withTrailer(out, content, memory) : out.flip();
    }

    private static ByteBuffer withTrailer(ByteBuffer out, ByteBuffer content, ElementMemory memory) {
        CRC32 sum = new CRC32();
        sum.update(content.duplicate());
        ByteBuffer whole = out.remaining() >= GZIP_TRAILER
                ? out
                : memory.allocate(out.position() + GZIP_TRAILER).put(out.flip());
        whole.order(ByteOrder.LITTLE_ENDIAN).putInt((int) sum.getValue()).putInt(content.remaining());
        return whole.flip();
    }
}
