package io.github.mlmaven.inspect.scan.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are: no exception, no more work than the bytes are worth, no more memory than there is. */
class PickleBoundsTest {

    /** Each string may be read once to see whether it is a pickle and once as one, on four levels. */
    private static final int READINGS = 64;

    @TempDir
    private Path folder;

    @Test
    void anyBytesAreReadToAnEnd() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            readWhole(bytes);
        }
    }

    @Test
    void anyOpcodesAreReadToAnEnd() throws IOException {
        Random random = new Random(5);
        Opcode[] opcodes = Opcode.values();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            for (int j = 0; j < bytes.length; j++) {
                int small = random.nextInt(4);
                bytes[j] = (byte) (random.nextInt(4) == 0 ? small : opcodes[random.nextInt(opcodes.length)].code());
            }
            readWhole(bytes);
        }
    }

    @Test
    void anyChangeOfThePicklesOfTheCorpusIsReadToAnEnd() throws IOException {
        Random random = new Random(6);
        for (PickleCase pickle : PickleCorpus.all()) {
            if (pickle.bytes().length > 10_000) {
                continue;
            }
            for (int i = 0; i < 40; i++) {
                readWhole(changed(pickle.bytes(), random));
            }
        }
    }

    @Test
    void anyChangeOfFilesOfNumpyIsJudged() throws IOException {
        Random random = new Random(7);
        byte[] file = HostileContainers.npy("[('a', '<f4', (2,)), ('b', '|O')]", "(1,)", HostileTricks.SYSTEM);
        for (int i = 0; i < 500; i++) {
            assertThat(Verdicts.scan(folder, changed(file, random)).format()).isNotEmpty();
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = Arrays.copyOf(bytes, random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static void readWhole(byte[] bytes) throws IOException {
        CountingSource source = new CountingSource(bytes);
        Trail trail = new Trail();
        boolean pickle = new PickleReader(source, 0, 0, trail).read();
        assertThat(source.read()).isLessThanOrEqualTo((long) READINGS * (bytes.length + 1));
        if (pickle) {
            assertThat(PickleFindings.of("model.pkl", trail, "a pickle")).isNotEmpty();
        } else {
            assertThat(trail.harm().isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsNoPickleIsGivenUpAtOnce() throws IOException {
        byte[] onnx = new byte[1 << 20];
        onnx[0] = 8;
        CountingSource source = new CountingSource(onnx);

        assertThat(new PickleReader(source, 0, 0, new Trail()).read()).isFalse();
        assertThat(source.read()).isEqualTo(1);
    }

    @Test
    void weightsInAPickleAreSkipped() throws IOException {
        long length = 5L << 30;
        Path file = folder.resolve("weights.pkl");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(PickleWriter.protocol(4)
                    .op(Opcode.BINBYTES8)
                    .raw(PickleWriter.little(length, 8))
                    .written());
            out.seek(out.getFilePointer() + length);
            out.write(new PickleWriter()
                    .stackGlobal("os", "system")
                    .callWith("id")
                    .stop());
        }

        try (Scan scan = new Scan(List.of(new PickleScanner()), ScanLimits.DEFAULT, folder)) {
            ScanResult result = scan.scan(Content.of(file, "weights.pkl"));
            assertThat(result.findings().get(0).found()).contains("os.system at byte " + (11 + length + 14));
        }
    }

    @Test
    void aStackWithoutEndIsALimit() throws IOException {
        byte[] marks = new byte[(1 << 20) + 10];
        Arrays.fill(marks, (byte) '(');
        marks[0] = (byte) Opcode.PROTO.code();
        marks[1] = 4;

        assertThat(Verdicts.scan(folder, marks).findings())
                .extracting(Finding::id)
                .contains(FindingId.MODEL_LIMIT);
    }

    @Test
    void nestingWithoutEndCostsNothing() throws IOException {
        PickleWriter nested = PickleWriter.protocol(4).op(Opcode.EMPTY_LIST);
        for (int i = 0; i < 3_000_000; i++) {
            nested.op(Opcode.TUPLE1).op(Opcode.MEMOIZE);
        }

        ScanResult result = Verdicts.scan(
                folder, nested.stackGlobal("os", "system").callWith("id").stop());

        assertThat(Verdicts.of(result)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void namesBehindMillionsOfOthersAreStillTold() throws IOException {
        PickleWriter words = PickleWriter.protocol(4);
        for (int i = 0; i < 2_000_000; i++) {
            words.text("w" + i).op(Opcode.MEMOIZE).op(Opcode.POP);
        }

        ScanResult harmless = Verdicts.scan(
                folder,
                new PickleWriter()
                        .raw(words.written())
                        .stackGlobal("collections", "OrderedDict")
                        .stop());
        ScanResult hostile = Verdicts.scan(
                folder, words.stackGlobal("os", "system").callWith("id").stop());

        assertThat(Verdicts.of(harmless)).isEqualTo(Verdict.UNSAFE);
        assertThat(Verdicts.of(hostile)).isEqualTo(Verdict.MALICIOUS);
    }

    @Test
    void picklesInPicklesAreFollowedSomeWay() throws IOException {
        byte[] deep = HostileTricks.SYSTEM;
        for (int i = 0; i < 6; i++) {
            deep = PickleWriter.protocol(4).bytes(deep).stop();
        }

        ScanResult result = Verdicts.scan(folder, deep);

        assertThat(result.findings())
                .extracting(Finding::line)
                .contains("ML-MODEL-LIMIT: src/main/model/model.bin: not all of the pickle was looked at; expected what"
                        + " honest pickles need, found pickles in more than 4 pickles. Find out where it comes from.");
    }

    @Test
    void namesAreNoTextForTerminals() throws IOException {
        byte[] pickle = PickleWriter.protocol(2)
                .global("acme\u001b[31m", "x\u202ey")
                .callWith("id")
                .stop();

        String found = Verdicts.scan(folder, pickle).findings().get(1).found().orElseThrow();

        assertThat(found).isEqualTo("acme\\u001b[31m.x\\u202ey at byte 2");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(found)).isTrue();
    }
}
