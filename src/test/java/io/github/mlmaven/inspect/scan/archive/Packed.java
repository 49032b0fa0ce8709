package io.github.mlmaven.inspect.scan.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Bytes, compressed by the JDK and by libraries. */
final class Packed {

    /** Wraps what is written. */
    @FunctionalInterface
    private interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    private Packed() {}

    static byte[] gzip(byte[] bytes) {
        return pack(bytes, GZIPOutputStream::new);
    }

    static byte[] zlib(byte[] bytes) {
        return pack(bytes, DeflaterOutputStream::new);
    }

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            return pack(bytes, out -> new DeflaterOutputStream(out, deflater));
        } finally {
            deflater.end();
        }
    }

    static byte[] bzip2(byte[] bytes) {
        return pack(bytes, BZip2CompressorOutputStream::new);
    }

    static byte[] xz(byte[] bytes) {
        return pack(bytes, out -> new XZOutputStream(out, new LZMA2Options()));
    }

    /** As {@code lzma.FORMAT_ALONE} of Python, with its mark at the end. */
    static byte[] lzma(byte[] bytes) {
        return pack(bytes, out -> new LZMAOutputStream(out, new LZMA2Options(), -1));
    }

    /** As in a zip archive: version, size of the properties, properties, data. */
    static byte[] zipLzma(byte[] bytes) {
        byte[] alone = lzma(bytes);
        return RawZip.little(9 + alone.length - 13)
                .putShort((short) 0x0909)
                .putShort((short) 5)
                .put(alone, 0, 5)
                .put(alone, 13, alone.length - 13)
                .array();
    }

    static byte[] lz4(byte[] bytes) {
        return pack(bytes, FramedLZ4CompressorOutputStream::new);
    }

    static byte[] snappy(byte[] bytes) {
        return pack(bytes, FramedSnappyCompressorOutputStream::new);
    }

    /** joblib's before 0.10. */
    static byte[] zfile(byte[] bytes) {
        byte[] head =
                String.format("ZF%-19s", String.format("%#x", bytes.length)).getBytes(StandardCharsets.US_ASCII);
        byte[] packed = zlib(bytes);
        return ByteBuffer.allocate(head.length + packed.length)
                .put(head)
                .put(packed)
                .array();
    }

    static byte[] sevenZ(Map<String, byte[]> entries, char... password) {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            try (SevenZOutputFile file =
                    password.length == 0 ? new SevenZOutputFile(channel) : new SevenZOutputFile(channel, password)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    SevenZArchiveEntry header = new SevenZArchiveEntry();
                    header.setName(entry.getKey());
                    file.putArchiveEntry(header);
                    file.write(new ByteArrayInputStream(entry.getValue()));
                    file.closeArchiveEntry();
                }
            }
            return Arrays.copyOf(channel.array(), (int) channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pack(byte[] bytes, Packing packing) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.around(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
