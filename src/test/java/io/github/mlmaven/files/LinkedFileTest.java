package io.github.mlmaven.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFileTest {

    @TempDir
    Path folder;

    @Test
    void aLargeFileIsTheSameOneAndHasNoSecondName() throws Exception {
        Path large = sized("large", LinkedFile.LARGE);
        Path target = folder.resolve("there/large");

        LinkedFile.put(large, target);

        assertThat(Files.isSymbolicLink(target)).isTrue();
        assertThat(Files.isSameFile(large, target)).isTrue();
        assertThat(Files.getAttribute(large, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void aSmallFileIsACopyThatCanBeChanged() throws Exception {
        Path small = sized("small", LinkedFile.LARGE - 1);
        Path target = folder.resolve("there/small");

        LinkedFile.put(small, target);
        Files.writeString(target, "changed");

        assertThat(small).hasSize(LinkedFile.LARGE - 1);
    }

    /** What was there may be a link to the project's file, and must not be written into. */
    @Test
    void whatWasThereIsReplacedAndNotWrittenTo() throws Exception {
        Path first = sized("first", LinkedFile.LARGE);
        Path target = folder.resolve("there/model");
        LinkedFile.put(first, target);

        LinkedFile.put(sized("second", 3), target);

        assertThat(target).hasSize(3);
        assertThat(first).hasSize(LinkedFile.LARGE);
    }

    @Test
    void ofALinkItIsTheFileThatItLeadsTo() throws Exception {
        Path large = sized("large", LinkedFile.LARGE);
        Path link = Files.createSymbolicLink(folder.resolve("link"), large);
        Path target = folder.resolve("there/large");

        LinkedFile.put(link, target);

        assertThat(Files.readSymbolicLink(target)).isEqualTo(large.toRealPath());
    }

    private Path sized(String name, long size) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
        }
        return file;
    }
}
