package io.github.mlmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarInputTest {

    private static final int LARGE = 5 << 20;

    @Test
    void readsLongNamesAndLargeFiles() throws IOException {
        String longName = "folder/".repeat(500) + "file";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (int mode : new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
                tar.setLongFileMode(mode);
                TarArchiveEntry entry = new TarArchiveEntry(longName);
                entry.setSize(LARGE);
                tar.putArchiveEntry(entry);
                tar.write(new byte[LARGE]);
                tar.closeArchiveEntry();
            }
        }
        List<String> names = new ArrayList<>();
        try (TarInput tar = new TarInput(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
                // What is not read of a file is passed over.
                assertThat(tar.readNBytes(10)).hasSize(10);
            }
        }
        assertThat(names).containsExactly(longName, longName);
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_GNUTYPE_LONGNAME,
                TarConstants.LF_GNUTYPE_LONGLINK,
                TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER
            })
    void readsNoHeaderOfAGigabyte(byte type) throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '1';
            }
        };
        InputStream header = new ByteArrayInputStream(header(type, 3_000_000_000L));
        try (TarInput tar = new TarInput(new SequenceInputStream(header, endless))) {
            assertThatThrownBy(tar::getNextEntry).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysThatALongNameIsTooLong() throws IOException {
        byte[] name = new byte[2 << 20];
        Arrays.fill(name, (byte) 'a');
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream(header(TarConstants.LF_GNUTYPE_LONGNAME, name.length)),
                new ByteArrayInputStream(name));
        try (TarInput tar = new TarInput(in)) {
            assertThatThrownBy(tar::getNextEntry)
                    .isInstanceOf(IOException.class)
                    .hasMessage("a tar with headers of more than 1048576 bytes");
        }
    }

    @Test
    void readsNotHundredsOfHeadersForOneFile() throws IOException {
        byte[] one = Arrays.copyOf(header(TarConstants.LF_GNUTYPE_LONGNAME, 1), 1024);
        one[512] = 'a';
        InputStream in = new SequenceInputStream(Collections.enumeration(Collections.nCopies(100_000, one).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
        try (TarInput tar = new TarInput(in)) {
            assertThatThrownBy(tar::getNextEntry)
                    .isInstanceOf(IOException.class)
                    .hasMessage("a tar with more than 16 headers for one file");
        }
    }

    /** A header as it is in the tar (POSIX.1-2001, ustar). */
    private static byte[] header(byte type, long size) {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", type);
        entry.setSize(size);
        byte[] header = new byte[512];
        entry.writeEntryHeader(header);
        assertThat(new String(header, 0, 13, StandardCharsets.US_ASCII)).isEqualTo("././@LongLink");
        return header;
    }
}
