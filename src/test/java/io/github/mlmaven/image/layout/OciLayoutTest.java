package io.github.mlmaven.image.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {

    private static final byte[] CONTENT = "weights".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void filesThatAreTheSameAreOneBlob() throws IOException {
        LayoutBlob blob = blob(new Digest(DigestUtils.sha256Hex(CONTENT)));
        Path tar = folder.resolve("layout.tar");
        try (OutputStream out = Files.newOutputStream(tar)) {
            layout(List.of(blob, blob)).writeTo(out);
        }
        try (TarFile written = new TarFile(tar)) {
            assertThat(written.getEntries())
                    .extracting(TarArchiveEntry::getName)
                    .hasSize(7)
                    .startsWith("blobs/", "blobs/sha256/")
                    .endsWith("index.json", "oci-layout")
                    .containsOnlyOnce("blobs/sha256/" + DigestUtils.sha256Hex(CONTENT));
        }
    }

    @Test
    void aLayerThatIsNotWhatItsDigestSaysIsNoticed() throws IOException {
        OciLayout layout = layout(List.of(blob(new Digest("a".repeat(64)))));
        assertThatThrownBy(() -> layout.writeTo(OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessage("layer x changed while it was written");
    }

    private static OciLayout layout(List<LayoutBlob> layers) throws IOException {
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        LayoutDocument config = new LayoutDocument("application/json", empty);
        ObjectNode manifest = OciLayout.manifest(config, layers, new TreeMap<>());
        LayoutDocument document = new LayoutDocument(OciLayout.MANIFEST, manifest);
        return OciLayout.artifact("m:1", new LayoutManifest(document, config, layers, empty));
    }

    private static LayoutBlob blob(Digest digest) {
        StoredLayer layer = new StoredLayer(
                "x", "text/plain", digest, CONTENT.length, digest, CONTENT.length, out -> out.write(CONTENT));
        return new LayoutBlob(layer, new TreeMap<>());
    }
}
