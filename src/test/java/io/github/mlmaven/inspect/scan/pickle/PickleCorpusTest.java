package io.github.mlmaven.inspect.scan.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PickleCorpusTest {

    @TempDir
    private Path folder;

    static List<PickleCase> corpus() {
        return PickleCorpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void eachIsJudgedAsItShould(PickleCase pickle) throws IOException {
        ScanResult result = Verdicts.scan(folder, pickle.bytes());

        assertThat(Verdicts.of(result)).as("%s", result).isEqualTo(pickle.verdict());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void eachPickleIsRefusedForServing(PickleCase pickle) throws IOException {
        ScanResult result = Verdicts.scan(folder, pickle.bytes());

        boolean refused = result.findings().stream().anyMatch(finding -> finding.id() == FindingId.SAFE_PICKLE);
        assertThat(refused).isEqualTo(pickle.verdict() != Verdict.NOT_A_PICKLE);
    }

    @Test
    void noTwoHaveTheSameName() {
        assertThat(corpus())
                .extracting(PickleCase::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(200);
    }
}
