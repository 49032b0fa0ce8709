package io.github.mlmaven.inspect.scan.pickle;

import static io.github.mlmaven.inspect.scan.pickle.HostileContainers.npy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyScannerTest {

    private static final String BROKEN = ": src/main/model/model.bin: the NumPy array is not complete; expected ";

    @TempDir
    private Path folder;

    private List<String> lines(byte[] file) throws IOException {
        return Verdicts.scan(folder, file).findings().stream()
                .map(Finding::line)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'<f4'; (3, 4); 48; FP32[3,4]",
                "'|b1'; (2,); 2; BOOL[2]",
                "'>i8'; (); 8; INT64[]",
                "'<U3'; (2,); 24; <U3[2]",
                "'<M8[ns]'; (1,); 8; <M8[ns][1]",
                "[('a', '<f4', (2, 2)), ('b', '|S3')]; (2,); 38; records[2]",
                "[('', '|V7'), ('b', [('c', '<f8')])]; (1,); 15; records[1]",
                "'<f8'; (0, 5); 0; FP64[0,5]",
            })
    void numbersAreData(String descr, String shape, int size, String format) throws IOException {
        ScanResult result = Verdicts.scan(folder, npy(quoted(descr), shape, new byte[size]));

        assertThat(result.findings()).isEmpty();
        assertThat(result.kind()).isEqualTo(Kind.DATA);
        assertThat(result.format()).isEqualTo("a NumPy array " + format);
    }

    private static String quoted(String descr) {
        return descr.startsWith("[") || descr.startsWith("'") ? descr : "'" + descr + "'";
    }

    @Test
    void aFileThatIsTooShortOrTooLongIsFound() throws IOException {
        assertThat(lines(npy("'<f4'", "(3, 4)", new byte[47])))
                .containsExactly("ML-MODEL-TRUNCATED" + BROKEN + "48 bytes of elements, found 47 bytes. Restore it from"
                        + " its source, or save it again.");
        assertThat(lines(npy("'<f4'", "(3, 4)", new byte[49])))
                .containsExactly("ML-MODEL-CORRUPT" + BROKEN + "48 bytes of elements, found 49 bytes. Restore it from"
                        + " its source, or save it again.");
        assertThat(lines(npy("'<f8'", "(999999999999999999, 999999999999999999)", new byte[8]))
                        .get(0))
                .startsWith("ML-MODEL-TRUNCATED");
        assertThat(lines(npy("'|O'", "(1,)", new byte[0])).get(0)).startsWith("ML-MODEL-TRUNCATED");
        assertThat(lines(Arrays.copyOf(npy("'<f4'", "(1,)", new byte[4]), 60)).get(0))
                .startsWith("ML-MODEL-TRUNCATED");
        assertThat(lines(Arrays.copyOf(npy("'<f4'", "(1,)", new byte[4]), 8)).get(0))
                .startsWith("ML-MODEL-TRUNCATED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'f4,f4'",
                "'(2,)f4'",
                "'object'",
                "5",
                "[('a',)]",
                "__import__('os').system('id')",
                "'\\x4f'",
                "[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]",
            })
    void aHeaderThatNumpyDoesNotWriteIsCorrupt(String descr) throws IOException {
        assertThat(lines(npy(descr, "(1,)", new byte[4])).get(0)).startsWith("ML-MODEL-CORRUPT" + BROKEN);
    }

    @Test
    void aHeaderWithoutEndIsALimit() throws IOException {
        byte[] file = new byte[1 << 20];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 8, 0};
        System.arraycopy(magic, 0, file, 0, magic.length);

        assertThat(lines(file))
                .containsExactly("ML-MODEL-LIMIT" + BROKEN + "a shorter header, found 524288 bytes. Restore it from its"
                        + " source, or save it again.");
    }

    @Test
    void aHeaderOfTheSecondVersionIsRead() throws IOException {
        byte[] header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2,)}\n".getBytes(StandardCharsets.UTF_8);
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) header.length, 0, 0, 0};

        assertThat(Verdicts.scan(folder, HostileContainers.join(magic, header, new byte[8]))
                        .format())
                .isEqualTo("a NumPy array FP32[2]");
    }

    @Test
    void objectsAreAPickle() throws IOException {
        byte[] list = PickleWriter.protocol(4).op(Opcode.EMPTY_LIST).stop();
        ScanResult result = Verdicts.scan(folder, npy("'|O'", "(1,)", list));

        assertThat(result.kind()).isEqualTo(Kind.UNSAFE);
        assertThat(result.format()).isEqualTo("a NumPy array of Python objects, which is a pickle");
    }
}
