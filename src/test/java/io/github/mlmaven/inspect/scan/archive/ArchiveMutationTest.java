package io.github.mlmaven.inspect.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveMutationTest {

    private static final int EACH = 60;
    private static final ScanLimits LIMITS = new ScanLimits(8, 1000, 4 << 20, 250, 1 << 20);

    @TempDir
    Path folder;

    @Test
    void noChangeOfAnyCaseThrows() {
        List<Case> cases = ArchiveCorpus.all();
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            for (int seed = 0; seed < EACH; seed++) {
                byte[] changed = change(each.bytes(), new Random(1000L * i + seed));
                assertThatCode(() -> scan(changed))
                        .as("%s, seed %d", each, 1000L * i + seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void noCutOfAnyHonestArchiveThrowsOrIsSilent() throws IOException {
        for (Case each : ArchiveCorpus.honest()) {
            byte[] bytes = each.bytes();
            for (int length = 1; length < Math.min(bytes.length, 300); length += 3) {
                ScanResult result = scan(Arrays.copyOf(bytes, length));

                assertThat(result.place()).isEqualTo("m");
            }
        }
    }

    private ScanResult scan(byte[] bytes) throws IOException {
        return Scans.scan(folder, "m", bytes, LIMITS);
    }

    private static byte[] change(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && changed.length > 0; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt(256);
                case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + 8), (byte) 0xFF);
                case 3 -> changed = Arrays.copyOf(changed, 1 + at);
                default -> {
                    int from = random.nextInt(changed.length);
                    int count = Math.min(changed.length - Math.max(from, at), 1 + random.nextInt(64));
                    System.arraycopy(changed, from, changed, at, count);
                }
            }
        }
        return changed;
    }
}
