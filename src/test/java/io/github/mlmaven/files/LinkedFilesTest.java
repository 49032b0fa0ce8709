package io.github.mlmaven.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFilesTest {

    @TempDir
    Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void makeAFolder() throws Exception {
        from = Files.createDirectory(folder.resolve("from"));
        to = folder.resolve("to");
    }

    @Test
    void aLargeFileIsTheSameOneAndHasNoSecondName() throws Exception {
        sized("large", LinkedFiles.LARGE);

        LinkedFiles.put(from, List.of("large"), to);

        assertThat(Files.isSymbolicLink(to.resolve("large"))).isTrue();
        assertThat(Files.isSameFile(from.resolve("large"), to.resolve("large"))).isTrue();
        assertThat(Files.getAttribute(from.resolve("large"), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void whatBelongsToALargeFileIsLinkedToo() throws Exception {
        sized("model.onnx", 3);
        sized("data/weights.bin", LinkedFiles.LARGE);

        LinkedFiles.put(from, List.of("model.onnx", "data/weights.bin"), to);

        assertThat(to.resolve("model.onnx").toRealPath())
                .isEqualTo(from.toRealPath().resolve("model.onnx"));
    }

    @Test
    void smallFilesAreCopiesThatCanBeChanged() throws Exception {
        sized("small", LinkedFiles.LARGE - 1);

        LinkedFiles.put(from, List.of("small"), to);
        Files.writeString(to.resolve("small"), "changed");

        assertThat(from.resolve("small")).hasSize(LinkedFiles.LARGE - 1);
    }

    /** What was there may be a link to the project's file, and must not be written into. */
    @Test
    void whatWasThereIsReplacedAndNotWrittenTo() throws Exception {
        sized("model", LinkedFiles.LARGE);
        LinkedFiles.put(from, List.of("model"), to);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("model"), "abc");

        LinkedFiles.put(other, List.of("model"), to);

        assertThat(to.resolve("model")).hasSize(3);
        assertThat(from.resolve("model")).hasSize(LinkedFiles.LARGE);
    }

    @Test
    void filesThatAreThereAlreadyStay() throws Exception {
        sized("model.onnx", 3);
        sized("weights.bin", LinkedFiles.LARGE);

        LinkedFiles.put(from, List.of("model.onnx", "weights.bin"), from);

        assertThat(from.resolve("model.onnx")).isRegularFile().hasSize(3);
        assertThat(from.resolve("weights.bin")).isRegularFile().hasSize(LinkedFiles.LARGE);
    }

    private void sized(String name, long size) throws IOException {
        Path file = from.resolve(name);
        Files.createDirectories(file.getParent());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
        }
    }
}
