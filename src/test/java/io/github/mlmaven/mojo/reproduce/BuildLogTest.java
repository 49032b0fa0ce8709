package io.github.mlmaven.mojo.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {

    @TempDir
    Path folder;

    @Test
    void theFirstErrorsAreTheReasons() throws Exception {
        assertThat(
                        reasons(
                                "[INFO] a\n[ERROR] \n[ERROR] one\n[WARNING] b\n[ERROR] 2\n[ERROR] 3\n[ERROR] 4\n[ERROR] 5\n[ERROR] 6\n"))
                .containsExactly("one", "2", "3", "4", "5");
    }

    @Test
    void withoutErrorsTheLastLinesHaveToDo() throws Exception {
        assertThat(reasons("1\n2\n3\n\n4\n5\n6\n")).containsExactly("2", "3", "4", "5", "6");
    }

    @Test
    void longLinesAreCutAndMalformedBytesHideNothing() throws Exception {
        assertThat(reasons("\u00ff [INFO]\n[ERROR] " + "x".repeat(1000))).containsExactly("x".repeat(600) + "…");
    }

    private List<String> reasons(String text) throws IOException {
        return BuildLog.reasons(Files.write(folder.resolve("log"), text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
