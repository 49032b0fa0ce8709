package io.github.mlmaven.mojo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFactsTest {

    @ParameterizedTest
    @CsvSource({
        "build, build, ''",
        "build, build/./models/fraud, models/fraud/",
        "build/models, build, ''",
        "build, builds/fraud, ''",
    })
    void theRootOfTheSourcesIsThatOfTheBuild(Path root, Path project, String folder) {
        assertThat(ReportFacts.sourceRoot(root, project)).isEqualTo(folder);
    }
}
