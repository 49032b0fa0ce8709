package io.github.mlmaven.image.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsResultJsonTest {

    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));

    @Test
    void writesWhatWasBuiltAndNothingOfTheMachine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ml/image.json");
        ModelsResultJson.write(
                new ModelsResult(
                        ImageKind.MODELCAR,
                        "acme/m:1",
                        A,
                        B,
                        List.of(new ImageLayer("model/m", A, 7, 7)),
                        List.of(new Placement.Registry(List.of("example.org/m:1"), A))),
                file);
        assertThat(file).hasContent("""
                        {
                          "imageVersion" : 1,
                          "kind" : "modelcar",
                          "name" : "acme/m:1",
                          "digest" : "%1$s",
                          "configDigest" : "%2$s",
                          "compressedSize" : 7,
                          "layers" : [
                            {
                              "name" : "model/m",
                              "digest" : "%1$s",
                              "compressedSize" : 7,
                              "uncompressedSize" : 7
                            }
                          ],
                          "pushed" : [
                            {
                              "reference" : "example.org/m:1",
                              "digest" : "%1$s"
                            }
                          ]
                        }
                        """.formatted(A, B));
    }
}
