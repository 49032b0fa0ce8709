package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLayersTest {

    @TempDir
    Path folder;

    private Path memory;
    private VerifiedModel model;
    private Path weights;

    @BeforeEach
    void verifyAModel() throws Exception {
        memory = folder.resolve("work/model-layers.txt");
        model = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT)).model(List.of());
        weights = folder.resolve("src/main/model/model.onnx");
    }

    @Test
    void theDigestIsThatOfTheTarThatIsWritten() throws Exception {
        StoredLayer stored = new ModelLayers(memory, true).store(model, layer());

        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        stored.blob().writeTo(tar);
        assertThat(stored.digest().hex()).isEqualTo(DigestUtils.sha256Hex(tar.toByteArray()));
        assertThat(stored.size()).isEqualTo(tar.size());
        assertThat(stored.diffId()).isEqualTo(stored.digest());
    }

    @Test
    void aModelOfWhichTheLayerIsKnownIsNotRead() throws Exception {
        StoredLayer first = new ModelLayers(memory, true).store(model, layer());
        Files.delete(weights);

        assertThat(new ModelLayers(memory, true).store(model, layer()).digest()).isEqualTo(first.digest());
        assertThatThrownBy(() -> new ModelLayers(memory, false).store(model, layer()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model.onnx");
    }

    @Test
    void aModelThatChangedAfterItWasVerifiedIsRefused() throws Exception {
        String verified = "sha256:" + DigestUtils.sha256Hex(Files.readAllBytes(weights));
        Files.writeString(weights, "x");

        assertThatThrownBy(() -> new ModelLayers(memory, true).store(model, layer()))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-CONTENT: src/main/model/model.onnx: the file changed after it was verified;"
                        + " expected " + verified + ", found sha256:" + DigestUtils.sha256Hex("x")
                        + ". Build again without changing the model meanwhile.");
        assertThat(memory).doesNotExist();
    }

    /** Also where the layer is known, and the file was not read for it. */
    @Test
    void aModelOfAnotherSizeIsNotWritten() throws Exception {
        new ModelLayers(memory, true).store(model, layer());
        StoredLayer known = new ModelLayers(memory, true).store(model, layer());
        Files.writeString(weights, "longer or shorter");

        assertThatThrownBy(() -> known.write(new ByteArrayOutputStream()))
                .isInstanceOf(ChangedLayerException.class)
                .hasMessage("layer model/add-sub changed while it was written");
    }

    @Test
    void whatIsNoMemoryCountsForNothing() throws Exception {
        StoredLayer first = new ModelLayers(memory, true).store(model, layer());
        String line = Files.readString(memory);
        for (String broken :
                List.of("", "\n", line.replace(' ', '\t'), line.substring(0, 70), line + " 1", "a b c\n")) {
            Files.writeString(memory, broken);
            assertThat(new ModelLayers(memory, true).store(model, layer()).digest())
                    .isEqualTo(first.digest());
        }
    }

    private Layer layer() {
        return new Layer(
                "model/add-sub",
                Layer.Compression.NONE,
                List.of(new LayerEntry.Copy("/app/model/add-sub/1.4.0/model.onnx", LayerEntry.PLAIN, weights)));
    }
}
