package io.github.mlmaven.inspect.scan.keras;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Where an entry of a zip file is, by the directory.
 *
 * @param header the offset of the header before its bytes
 */
record ZipEntry(boolean encrypted, int method, long packedSize, long header) {

    private static final int LOCAL_HEADER = 30;
    private static final long IN_EXTRA = 0xFFFFFFFFL;

    /** APPNOTE 4.5.3: what does not fit follows in an extra field, in this order and only if it does not fit. */
    static ZipEntry of(ByteBuffer directory, byte[] extra, long shift) {
        long packed = Integer.toUnsignedLong(directory.getInt(20));
        long size = Integer.toUnsignedLong(directory.getInt(24));
        long offset = Integer.toUnsignedLong(directory.getInt(42));
        ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (fields.remaining() >= 4) {
            int id = fields.getShort() & 0xFFFF;
            int length = Math.min(fields.getShort() & 0xFFFF, fields.remaining());
            ByteBuffer field = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            fields.position(fields.position() + length);
            if (id == 1) {
                if (size == IN_EXTRA && field.remaining() >= 8) {
                    field.getLong();
                }
                packed = packed == IN_EXTRA && field.remaining() >= 8 ? field.getLong() : packed;
                offset = offset == IN_EXTRA && field.remaining() >= 8 ? field.getLong() : offset;
            }
        }
        return new ZipEntry((directory.getShort(8) & 1) != 0, directory.getShort(10) & 0xFFFF, packed, offset + shift);
    }

    /** What it holds, in a temporary file unless it is there as it is. */
    Content unpack(Content zip, String name, Scan scan) throws UnpackException, IOException {
        if (encrypted || (method != 0 && method != 8)) {
            throw UnpackException.limit(
                    "it cannot be looked into",
                    "stored or deflated bytes",
                    encrypted ? "encrypted bytes" : "compression method " + method);
        }
        if (header < 0 || header > zip.size() - LOCAL_HEADER) {
            throw UnpackException.broken("an entry that is not there");
        }
        ByteBuffer local = ByteBuffer.wrap(zip.read(header, LOCAL_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        long start = header + LOCAL_HEADER + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
        if (local.getInt(0) != 0x04034b50 || packedSize < 0 || start > zip.size() - packedSize) {
            throw UnpackException.broken("an entry that is not there");
        }
        Content packed = zip.part(name, start, packedSize);
        if (method == 0) {
            return packed;
        }
        Inflater inflater = new Inflater(true);
        try (InputStream in = new InflaterInputStream(packed.open(), inflater)) {
            return scan.unpack(zip, name, packedSize, in);
        } finally {
            inflater.end();
        }
    }
}
