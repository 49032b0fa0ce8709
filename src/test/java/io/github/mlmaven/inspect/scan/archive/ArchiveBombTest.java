package io.github.mlmaven.inspect.scan.archive;

import static io.github.mlmaven.inspect.scan.archive.EvilScanner.EVIL;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.TEXT;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.bytes;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.ScanLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveBombTest {

    private static final int MIB = 1 << 20;

    /** Small, so that the test is; the ratio is the one that counts. */
    private static final ScanLimits LIMITS = new ScanLimits(8, 1000, 8 * MIB, 250, MIB);

    @TempDir
    Path folder;

    @Test
    void zerosUnpackToFarMoreThanTheyAre() throws IOException {
        byte[] zeros = new byte[4 * MIB];
        String far = ": it unpacks to far more than it is; expected at most 250 times ";

        assertThat(lines(Packed.gzip(zeros))).hasSize(1).allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m" + far));
        assertThat(lines(Packed.bzip2(zeros))).hasSize(1).allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m" + far));
        assertThat(lines(Packed.xz(zeros))).hasSize(1).allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m" + far));
        assertThat(lines(Packed.lzma(zeros))).hasSize(1).allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m" + far));
        assertThat(lines(Packed.sevenZ(Map.of("a", zeros))))
                .hasSize(1)
                .allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m" + far));
        assertThat(lines(new RawZip().deflated("a", zeros).bytes()))
                .containsExactly("ML-SAFE-ARCHIVE: m!/a" + far + Packed.deflate(zeros).length + " bytes, found more");
    }

    @Test
    void afterABombNothingElseOfTheArchiveIsUnpacked() throws IOException {
        byte[] zeros = new byte[4 * MIB];
        RawZip zip = new RawZip().deflated("a", zeros).deflated("b", TEXT).stored("c", EVIL);

        assertThat(lines(zip.bytes()))
                .containsExactly(
                        "ML-SAFE-ARCHIVE: m!/a: it unpacks to far more than it is; expected at most 250 times "
                                + Packed.deflate(zeros).length + " bytes, found more",
                        "ML-SAFE-ARCHIVE: m!/b: it was not looked at; expected an archive without entries that unpack to"
                                + " too much, found one before it",
                        "ML-SAFE-MALICIOUS: m!/c: evil");
    }

    @Test
    void manyFilesThatAreNoBombsAreOneTogether() throws IOException {
        RawZip zip = new RawZip();
        for (int i = 0; i < 20; i++) {
            zip.deflated("f" + i, Arrays.copyOf(noise(4096), MIB));
        }

        assertThat(lines(zip.bytes()).get(0))
                .isEqualTo("ML-SAFE-ARCHIVE: m!/f8: the archives of the model unpack to too much; expected at most"
                        + " 8388608 bytes, found more");
    }

    @Test
    void aBombThatNestsIsStoppedAtItsFirstLayerThatIsOne() throws IOException {
        byte[] layer = Packed.gzip(new byte[4 * MIB]);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            many.writeBytes(new RawTar().file("f" + i, layer).open());
        }

        List<String> lines = lines(Packed.gzip(many.toByteArray()));

        assertThat(lines).isNotEmpty().allMatch(line -> line.startsWith("ML-SAFE-ARCHIVE: m!/content!/f"));
    }

    /** David Fifield, "A better zip bomb", 2019: each entry's data is the headers and the data of those behind it. */
    @Test
    void entriesThatShareOneKernelAreNotUnpackedAgain() throws IOException {
        byte[] kernel = Packed.deflate(new byte[MIB / 2]);
        RawZip zip = new RawZip().packed("e0", new byte[MIB / 2], kernel, 8, entry -> {});
        long size = 30 + 2 + kernel.length;
        for (int i = 1; i < 10; i++) {
            int at = i;
            zip.packed("e" + i, new byte[0], new byte[0], 8, entry -> {
                entry.packed = kernel.length;
                entry.shift = -size - 32L * (at - 1);
            });
        }

        List<String> lines = lines(zip.bytes());

        assertThat(lines)
                .filteredOn(line -> line.contains("shares bytes"))
                .hasSize(9)
                .contains(
                        "ML-SAFE-ARCHIVE: m!/e1: the entry shares bytes with what stands before it; expected bytes of its"
                                + " own, found bytes 0 to " + size + ", which were not looked at again");
        assertThat(lines).noneMatch(line -> line.contains("unpacks"));
    }

    @Test
    void aDictionaryThatNeedsMoreMemoryThanThereIsIsNotMade() throws IOException {
        byte[] xz = withDictionaryOf64Mib(Packed.xz(TEXT));
        byte[] lzma = Packed.zipLzma(TEXT);
        Arrays.fill(lzma, 5, 8, (byte) 0);
        lzma[8] = 0x40;

        assertThat(lines(xz))
                .containsExactly("ML-SAFE-ARCHIVE: m: it needs too much memory to be unpacked; expected at most 65536"
                        + " KiB, found 65640 KiB of memory would be needed; limit was 65536 KiB");
        assertThat(lines(new RawZip()
                        .packed("a", TEXT, lzma, 14, entry -> entry.bothFlags(2))
                        .bytes()))
                .containsExactly(
                        "ML-SAFE-ARCHIVE: m!/a: it needs too much memory to be unpacked; expected at most 65536"
                                + " KiB, found 1048598 KiB of memory would be needed; limit was 65536 KiB");
    }

    @Test
    void aHeaderOf7zThatUnpacksToFarMoreIsNotUnpacked() throws IOException {
        byte[] header = {
            0x17,
            6,
            0,
            1,
            9,
            10,
            0,
            7,
            0x0B,
            1,
            0,
            1,
            0x23,
            3,
            1,
            1,
            5,
            0x5D,
            0,
            0,
            0x10,
            0,
            0x0C,
            (byte) 0xE0,
            0,
            0,
            0,
            0x20,
            0,
            0
        };
        byte[] start = RawZip.little(32)
                .put(bytes("7z\u00bc\u00af'\u001c\0\4\0\0\0\0"))
                .putLong(0)
                .putLong(header.length)
                .array();

        assertThat(lines(concat(start, header)))
                .containsExactly(
                        "ML-SAFE-ARCHIVE: m: the header of the archive is larger than honest ones, and nothing was"
                                + " looked at; expected at most 8388608 bytes, found more");
    }

    @Test
    void aHostileArchiveDoesNotFillTheReport() throws IOException {
        RawZip zip = new RawZip();
        for (int i = 0; i < 500; i++) {
            zip.stored("../f" + i, TEXT);
        }

        assertThat(lines(zip.bytes()))
                .hasSize(101)
                .last()
                .isEqualTo("ML-SAFE-ARCHIVE: m: there is more wrong with the archive than is worth telling; expected"
                        + " nothing, found 400 more findings");
    }

    /** xz-file-format.txt, 3.1 and 5.3.1: the block's header is bytes 12 to 24, the dictionary's size byte 16. */
    private static byte[] withDictionaryOf64Mib(byte[] xz) {
        xz[16] = 28;
        CRC32 crc = new CRC32();
        crc.update(xz, 12, 8);
        byte[] sum = RawZip.little(4).putInt((int) crc.getValue()).array();
        System.arraycopy(sum, 0, xz, 20, 4);
        return xz;
    }

    private List<String> lines(byte[] bytes) throws IOException {
        return Scans.lines(Scans.scan(folder, "m", bytes, LIMITS));
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        for (int i = 0; i < size; i++) {
            noise[i] = (byte) ('a' + Math.floorMod(i * 2_654_435_761L >>> 16, 26));
        }
        return noise;
    }
}
