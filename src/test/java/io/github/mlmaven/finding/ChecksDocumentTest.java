package io.github.mlmaven.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksDocumentTest {

    private final String document;

    ChecksDocumentTest() throws IOException {
        document = Files.readString(Path.of("docs/checks.md"));
    }

    @Test
    void itExplainsEveryFindingAndNoOther() {
        List<String> headings = Pattern.compile("^### (.+)$", Pattern.MULTILINE)
                .matcher(document)
                .results()
                .map((MatchResult heading) -> heading.group(1))
                .toList();

        assertThat(headings)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FindingId.values()).map(FindingId::id).toList());
    }

    @ParameterizedTest
    @EnumSource
    void itTellsSeverityMeaningAndRemedy(FindingId id) {
        String severity = id.severity().name().toLowerCase(Locale.ROOT);

        assertThat(document)
                .containsPattern(
                        "### " + id.id() + "\n\n\\*\\*" + severity + "\\*\\* [^#*]{10,}\n\\*Remedy:\\* [^#]{10,}");
    }
}
