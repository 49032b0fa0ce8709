package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.io.TempDir;

/** Tars of made-up layers, and what was written into them. */
abstract class ImageArchiveFixture {

    @TempDir
    Path folder;

    /** The layers that were written, in the order in which they were. */
    final List<String> writes = new ArrayList<>();

    final void assertSameAsFresh(StoredLayer... layers) throws Exception {
        ImageArchive fresh = archive("fresh");
        Files.deleteIfExists(fresh.tar());
        Files.deleteIfExists(fresh.contents());
        write(fresh, layers);
        assertThat(archive("a").tar()).hasSameBinaryContentAs(fresh.tar());
        try (var files = Files.list(folder.resolve("a"))) {
            assertThat(files).containsExactly(archive("a").tar());
        }
    }

    final ImageArchive archive(String name) {
        return new ImageArchive(folder.resolve(name).resolve("image.tar"), folder.resolve(name + "-contents.txt"));
    }

    final OciImage write(ImageArchive archive, StoredLayer... layers) throws IOException {
        Files.createDirectories(archive.tar().getParent());
        archive.setAside();
        ObjectNode config = new ObjectMapper().createObjectNode();
        for (StoredLayer layer : layers) {
            config.withArrayProperty("layers").add(layer.name());
        }
        OciImage image =
                OciImage.of("acme/x:1", Platform.LINUX_AMD64, config, List.of(layers), Collections.emptySortedMap());
        archive.write(image, ImageProgress.NONE);
        return image;
    }

    final StoredLayer model(String content) {
        return layer(content, LayerStore.TAR);
    }

    final StoredLayer plain(String content) {
        return layer(content, LayerStore.TAR_GZIP);
    }

    private StoredLayer layer(String content, String mediaType) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = new Digest(DigestUtils.sha256Hex(bytes));
        return new StoredLayer(content, mediaType, digest, bytes.length, digest, bytes.length, out -> {
            writes.add(content);
            out.write(bytes);
        });
    }
}
