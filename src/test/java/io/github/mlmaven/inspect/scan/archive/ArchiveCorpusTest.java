package io.github.mlmaven.inspect.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveCorpusTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyCaseIsJudgedAsItShouldBe(Case each) throws IOException {
        ScanResult result = Scans.scan(folder, "model.bin", each.bytes());

        assertThat(said(each.name(), result)).isEqualTo(expected().get(each.name()));
        assertThat(result.allFindings()).extracting(Finding::next).allMatch(next -> next.endsWith("."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("honest")
    void whatIsHonestHasNoFindings(Case each) throws IOException {
        assertThat(Scans.lines(Scans.scan(folder, "model.bin", each.bytes()))).isEmpty();
    }

    @Test
    void theCorpusIsLargeAndEachCaseIsThereOnce() throws IOException {
        List<String> names = ArchiveCorpus.all().stream().map(Case::name).toList();

        assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        assertThat(expected().keySet()).containsExactlyElementsOf(names);
    }

    static List<Case> cases() {
        return ArchiveCorpus.all();
    }

    static List<Case> honest() {
        return ArchiveCorpus.honest();
    }

    /** As in {@code corpus.txt}: the case, what it is, and the findings without their next steps. */
    static String said(String name, ScanResult result) {
        StringBuilder said = new StringBuilder("# " + name + "\n" + result.format() + "\n");
        Scans.lines(result).forEach(line -> said.append("- ").append(line).append('\n'));
        return said.toString();
    }

    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        try (InputStream in = ArchiveCorpusTest.class.getResourceAsStream("corpus.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String each : text.split("\n(?=# )")) {
                String name = each.substring(2, each.indexOf('\n'));
                expected.put(name, each.strip() + "\n");
            }
        }
        return expected;
    }
}
