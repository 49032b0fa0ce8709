package io.github.mlmaven.inspect.scan.archive;

import static io.github.mlmaven.inspect.scan.archive.EvilScanner.EVIL;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveDepthTest {

    private static final List<UnaryOperator<byte[]>> LAYERS = List.of(
            inner -> new RawZip().stored("a.txt", TEXT).stored("b.png", inner).bytes(),
            inner -> new RawZip().deflated("README", inner).bytes(),
            inner -> new RawTar().file("a.txt", TEXT).file("x.csv", inner).bytes(),
            inner -> Packed.sevenZ(Map.of("tokenizer.json", inner)),
            Packed::gzip,
            Packed::zlib,
            Packed::bzip2,
            Packed::xz,
            Packed::lzma,
            Packed::lz4,
            Packed::snappy);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"model.joblib", "model.pt", "notes.txt", "weights.safetensors", "x", "a.tar.gz"})
    void whatIsEvilIsFoundUnderAnyName(String name) throws IOException {
        for (UnaryOperator<byte[]> layer : LAYERS) {
            assertThat(Scans.lines(Scans.scan(folder, name, layer.apply(EVIL))))
                    .hasSize(1)
                    .allMatch(line -> line.endsWith(": evil"));
        }
    }

    @Test
    void whatIsEvilIsFoundThroughEachPairOfFormats() throws IOException {
        for (UnaryOperator<byte[]> outer : LAYERS) {
            for (UnaryOperator<byte[]> inner : LAYERS) {
                byte[] bytes = outer.apply(inner.apply(EVIL));

                assertThat(Scans.lines(Scans.scan(folder, "m", bytes)))
                        .hasSize(1)
                        .allMatch(line -> line.endsWith(": evil"));
            }
        }
    }

    @Test
    void whatIsEvilIsFoundSevenLevelsDeepInAnyMixture() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            assertThat(Scans.lines(Scans.scan(folder, "m", nested(7, random))))
                    .hasSize(1)
                    .allMatch(line -> line.endsWith(": evil"));
        }
    }

    @Test
    void nineLevelsAreTooDeep() throws IOException {
        byte[] bytes = EVIL;
        for (int i = 0; i < 9; i++) {
            bytes = new RawZip().stored("a", bytes).bytes();
        }

        assertThat(Scans.lines(Scans.scan(folder, "m", bytes)))
                .containsExactly("ML-SAFE-ARCHIVE: m!/a!/a!/a!/a!/a!/a!/a!/a: archives are nested too deep; expected at"
                        + " most 8 levels, found more");
    }

    @Test
    void manyFilesAreTooMany() throws IOException {
        RawZip zip = new RawZip();
        for (int i = 0; i < 20; i++) {
            zip.stored("f" + i, TEXT);
        }
        ScanLimits limits = new ScanLimits(8, 20, 1 << 20, 250, 1 << 20);

        assertThat(Scans.lines(Scans.scan(folder, "m", zip.bytes(), limits)))
                .containsExactly("ML-SAFE-ARCHIVE: m!/f19: there are too many files in archives; expected at most 20,"
                        + " found more");
    }

    @Test
    void theNameOfWhatIsCompressedIsItsOwnWithoutTheExtension() throws IOException {
        ScanResult result = Scans.scan(folder, "model.tar.gz", Packed.gzip(TEXT));

        assertThat(result.contents()).extracting(ScanResult::place).containsExactly("model.tar.gz!/model.tar");
    }

    static byte[] nested(int levels, Random random) {
        byte[] bytes = EVIL;
        for (int i = 0; i < levels; i++) {
            bytes = LAYERS.get(random.nextInt(LAYERS.size())).apply(bytes);
        }
        return bytes;
    }
}
