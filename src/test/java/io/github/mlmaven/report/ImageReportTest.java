package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.PlatformImage;
import io.github.mlmaven.image.SmokeResult;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageReportTest {

    private static final Digest A = new Digest("a".repeat(64));

    @Test
    void ofSeveralPlatformsItSaysWhatEachHasAndWhichOneDockerLoads() {
        Digest b = new Digest("b".repeat(64));
        ImageResult image = new ImageResult(
                "acme/m:1",
                new Digest("c".repeat(64)),
                List.of(
                        new PlatformImage(Platform.LINUX_AMD64, A, A, List.of(new ImageLayer("base", A, 7, 9))),
                        new PlatformImage(Platform.LINUX_ARM64, b, b, List.of(new ImageLayer("base", b, 8, 9)))),
                BaseIdentity.Registry.of("temurin:17", Map.of("linux/amd64", A, "linux/arm64", b)),
                new SmokeResult(1, 2, Optional.empty()),
                List.of(
                        new Placement.Tar(Path.of("image.tar"), Platform.LINUX_AMD64),
                        new Placement.Daemon("acme/m:1", Platform.LINUX_ARM64)));
        assertThat(ImageReport.lines(image, path -> "target/" + path))
                .containsExactly(
                        "Image acme/m:1 for linux/amd64 and linux/arm64 on temurin:17 (linux/amd64 " + A
                                + ", linux/arm64 " + b + ")",
                        "  digest sha256:" + "c".repeat(64),
                        "  linux/amd64 " + A,
                        "  base  0.0 MB  stored 0.0 MB  " + A,
                        "  together 0.0 MB, stored 0.0 MB",
                        "  linux/arm64 " + b,
                        "  base  0.0 MB  stored 0.0 MB  " + b,
                        "  together 0.0 MB, stored 0.0 MB",
                        "Smoke test: 1 model(s) ready, 2 golden case(s) answered over HTTP as expected, for each"
                                + " platform",
                        "Wrote target/image.tar; run it with",
                        "  docker load -i target/image.tar (for linux/amd64 only)",
                        "  docker run --rm -p 8080:8080 acme/m:1",
                        "Loaded acme/m:1 into Docker (for linux/arm64 only); run it with",
                        "  docker run --rm -p 8080:8080 acme/m:1");
    }

    @Test
    void itSaysWhereTheImageIsAndHowToRunIt() {
        ImageResult image = new ImageResult(
                "acme/m:1",
                A,
                List.of(new PlatformImage(Platform.LINUX_AMD64, A, A, List.of(new ImageLayer("base", A, 7, 9)))),
                BaseIdentity.Registry.of("temurin:17", Map.of("linux/amd64", A)),
                new SmokeResult(1, 2, Optional.empty()),
                List.of(
                        new Placement.Tar(Path.of("image.tar"), Platform.LINUX_AMD64),
                        new Placement.Layout(Path.of("oci")),
                        new Placement.Daemon("acme/m:1", Platform.LINUX_AMD64),
                        new Placement.Registry(List.of("example.com/acme/m:1", "example.com/acme/m:latest"), A)));
        assertThat(ImageReport.lines(image, path -> "target/" + path))
                .endsWith(
                        "Wrote target/image.tar; run it with",
                        "  docker load -i target/image.tar",
                        "  docker run --rm -p 8080:8080 acme/m:1",
                        "Wrote the OCI layout target/oci",
                        "Loaded acme/m:1 into Docker; run it with",
                        "  docker run --rm -p 8080:8080 acme/m:1",
                        "Pushed example.com/acme/m:1 and example.com/acme/m:latest; run it with",
                        "  docker run --rm -p 8080:8080 example.com/acme/m:1");
    }
}
