package io.github.mlmaven.inspect.scan.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Corpus.Case;
import io.github.mlmaven.inspect.scan.read.Corpus.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of file is, and that no change to any of them makes a scanner fail. */
class CorpusTest {

    @TempDir
    Path folder;

    static List<Case> cases() {
        return Corpus.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVerdictIsTheExpectedOne(Case file) throws Exception {
        assertThat(verdict(Scanned.of(folder, file.name(), file.bytes()))).isEqualTo(file.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noChangeMakesAScannerFail(Case file) throws Exception {
        Random random = new Random(file.name().hashCode());
        for (int i = 0; i < 60; i++) {
            byte[] changed = Mutation.of(file.bytes(), random);

            ScanResult result = Scanned.of(folder, file.name(), changed);

            assertThat(result.kind()).isNotNull();
            assertThat(result.allFindings()).hasSizeLessThan(200);
            assertThat(result.allFindings())
                    .allSatisfy(finding ->
                            assertThat(finding.line()).hasSizeLessThan(2000).doesNotContainPattern("\\p{Cntrl}"));
        }
    }

    private static Verdict verdict(ScanResult result) {
        List<String> ids = result.allFindings().stream()
                .map(Finding::id)
                .map(id -> id.id())
                .toList();
        if (ids.stream().anyMatch(id -> id.startsWith("ML-SAFE-") && !id.equals("ML-SAFE-UNKNOWN"))) {
            return Verdict.UNSAFE;
        }
        if (ids.contains("ML-MODEL-CORRUPT") || ids.contains("ML-MODEL-TRUNCATED") || ids.contains("ML-MODEL-LIMIT")) {
            return Verdict.BROKEN;
        }
        if (ids.contains("ML-MODEL-UNSERVED")) {
            return Verdict.UNSERVED;
        }
        if (result.kind() == Kind.UNKNOWN) {
            return Verdict.UNKNOWN;
        }
        return result.kind() == Kind.MODEL ? Verdict.MODEL : Verdict.DATA;
    }
}
