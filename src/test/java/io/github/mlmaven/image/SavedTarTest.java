package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker saves a layer that an image has twice as a link to the first one. */
class SavedTarTest {

    @TempDir
    Path folder;

    private SavedTar tar;

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("saved.tar");
        try (InputStream entries = TextLayer.of(
                "a/layer.tar=the layer",
                "b/layer.tar->../a/layer.tar",
                "c/layer.tar->./../b/../b/layer.tar",
                "d/layer.tar->../../../a/layer.tar",
                "outside->/etc/passwd",
                "strange->\u0000*?",
                "round->round")) {
            Files.copy(entries, file);
        }
        tar = new SavedTar(file);
    }

    @Test
    void linksAreFollowedWithinTheTarAlone() throws IOException {
        assertThat(tar.broken()).isEmpty();
        for (String name : new String[] {"a", "b", "c", "d"}) {
            assertThat(content(name + "/layer.tar")).as(name).contains("the layer");
        }
        for (String name : new String[] {"outside", "strange", "round", "nothing"}) {
            assertThat(content(name)).as(name).isEmpty();
        }
    }

    private Optional<String> content(String name) throws IOException {
        Optional<InputStream> opened = tar.open(name);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = opened.get()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
