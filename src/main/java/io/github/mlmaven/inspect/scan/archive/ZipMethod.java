package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.MemoryLimitException;

/** Unpacks entries of zip archives by the methods that Python's zipfile knows. */
final class ZipMethod {

    private static final int LZMA_HEADER = 9;
    private static final int LZMA_PROPERTIES = 5;

    private ZipMethod() {}

    static UnpackedStream unpack(ZipEntry entry, Content packed) {
        return new UnpackedStream(at -> at == 0 ? Optional.of(open(entry, packed)) : Optional.empty());
    }

    private static Member open(ZipEntry entry, Content packed) throws IOException {
        return switch (entry.method()) {
            case ZipEntry.DEFLATED -> new InflatedMember(packed, 0, true);
            case ZipEntry.BZIP2 -> new DecodedMember(packed, 0, BZip2CompressorInputStream::new);
            default -> lzma(entry, packed);
        };
    }

    /** APPNOTE.TXT, 5.8.8: version, size of the properties, properties. */
    private static Member lzma(ZipEntry entry, Content packed) throws IOException {
        byte[] header = packed.head(LZMA_HEADER);
        if (header.length < LZMA_HEADER || Little.u16(header, 2) != LZMA_PROPERTIES) {
            throw new IOException("its LZMA properties are broken");
        }
        byte properties = header[4];
        int dictionary = (int) Math.min(Integer.MAX_VALUE, Little.u32(header, 5));
        if (dictionary > LZMAInputStream.DICT_SIZE_MAX) {
            throw new MemoryLimitException(Integer.MAX_VALUE, UnpackedStream.MEMORY);
        }
        int memory = LZMAInputStream.getMemoryUsage(dictionary, properties);
        if (memory > UnpackedStream.MEMORY) {
            throw new MemoryLimitException(memory, UnpackedStream.MEMORY);
        }
        long size = entry.hasEndMark() ? -1 : entry.size();
        return new DecodedMember(packed, LZMA_HEADER, in -> new LZMAInputStream(in, size, properties, dictionary));
    }
}
