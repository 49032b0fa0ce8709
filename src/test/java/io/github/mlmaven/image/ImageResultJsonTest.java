package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageResultJsonTest {

    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));

    @Test
    void writesWhatWasBuiltAndNothingOfTheMachine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ml/image.json");
        ImageResultJson.write(
                result(
                        BaseIdentity.Registry.of("temurin:17", Map.of("linux/amd64", B)),
                        Optional.of(new SmokeResult.Sample("m", "test_data_set_0", "{\"inputs\":[]}", "{}"))),
                file);
        assertThat(file).hasContent("""
                        {
                          "imageVersion" : 1,
                          "name" : "acme/m:1",
                          "digest" : "%1$s",
                          "configDigest" : "%2$s",
                          "platform" : "linux/amd64",
                          "base" : {
                            "kind" : "registry",
                            "reference" : "temurin:17",
                            "digests" : {
                              "linux/amd64" : "%2$s"
                            }
                          },
                          "compressedSize" : 7,
                          "layers" : [
                            {
                              "name" : "base",
                              "digest" : "%1$s",
                              "compressedSize" : 7,
                              "uncompressedSize" : 9
                            }
                          ],
                          "smoke" : {
                            "models" : 1,
                            "cases" : 2,
                            "sample" : {
                              "model" : "m",
                              "case" : "test_data_set_0",
                              "request" : "{\\"inputs\\":[]}",
                              "response" : "{}"
                            }
                          },
                          "run" : "docker run --rm -p 8080:8080 acme/m:1"
                        }
                        """.formatted(A, B));
        assertThat(folder.resolve("ml")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void saysWhatEachOfSeveralPlatformsHasAndIsReadAgain() throws IOException {
        Digest index = new Digest("c".repeat(64));
        ImageResult image = new ImageResult(
                "acme/m:1",
                index,
                List.of(
                        new PlatformImage(Platform.LINUX_AMD64, A, B, List.of(new ImageLayer("base", A, 7, 9))),
                        new PlatformImage(Platform.LINUX_ARM64, B, A, List.of(new ImageLayer("base", B, 8, 9)))),
                BaseIdentity.Registry.of("temurin:17", Map.of("linux/amd64", A, "linux/arm64", B)),
                new SmokeResult(1, 2, Optional.empty()),
                List.of());
        ObjectNode node = ImageResultJson.node(image);
        assertThat(ImageJson.text(node)).contains("""
                          "digest" : "%3$s",
                          "base" : {
                            "kind" : "registry",
                            "reference" : "temurin:17",
                            "digests" : {
                              "linux/amd64" : "%1$s",
                              "linux/arm64" : "%2$s"
                            }
                          },
                          "platforms" : [
                            {
                              "digest" : "%1$s",
                              "configDigest" : "%2$s",
                              "platform" : "linux/amd64",
                              "compressedSize" : 7,
                              "layers" : [
                                {
                                  "name" : "base",
                                  "digest" : "%1$s",
                                  "compressedSize" : 7,
                                  "uncompressedSize" : 9
                                }
                              ]
                            },
                        """.formatted(A, B, index));
        assertThat(ImageResultJson.read(node, image.base(), List.of())).isEqualTo(image);
        ImageResult one = result(image.base(), Optional.empty());
        assertThat(ImageResultJson.read(ImageResultJson.node(one), image.base(), List.of()))
                .isEqualTo(one);
    }

    @Test
    void saysWhereItWasPushed() throws IOException {
        ImageResult image = result(
                new BaseIdentity.Jdk("linux/amd64", "Debian", "17.0.15+6", A, new TreeMap<>()),
                Optional.empty(),
                new Placement.Tar(Path.of("image.tar"), Platform.LINUX_AMD64),
                new Placement.Registry(List.of("example.com/acme/m:1", "example.com/acme/m:latest"), A));
        assertThat(ImageJson.text(ImageResultJson.node(image))).contains("""
                          "pushed" : [
                            {
                              "reference" : "example.com/acme/m:1",
                              "digest" : "%1$s"
                            },
                            {
                              "reference" : "example.com/acme/m:latest",
                              "digest" : "%1$s"
                            }
                          ],
                        """.formatted(A));
    }

    @Test
    void namesTheJdk() throws IOException {
        assertThat(ImageJson.text(ImageResultJson.node(result(
                        new BaseIdentity.Jdk("linux/amd64", "Debian", "17.0.15+6", A, new TreeMap<>()),
                        Optional.empty()))))
                .contains("""
                          "base" : {
                            "kind" : "jdk",
                            "vendor" : "Debian",
                            "version" : "17.0.15+6",
                            "modules" : "%s"
                          },
                        """.formatted(A));
    }

    private static ImageResult result(BaseIdentity base, Optional<SmokeResult.Sample> sample, Placement... placements) {
        return new ImageResult(
                "acme/m:1",
                A,
                List.of(new PlatformImage(Platform.LINUX_AMD64, A, B, List.of(new ImageLayer("base", A, 7, 9)))),
                base,
                new SmokeResult(1, 2, sample),
                List.of(placements));
    }
}
