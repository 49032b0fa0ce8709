package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
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
    void itSaysWhereTheImageIsAndHowToRunIt() {
        ImageResult image = new ImageResult(
                "acme/m:1",
                A,
                A,
                Platform.LINUX_AMD64,
                BaseIdentity.Registry.of("temurin:17", Map.of("linux/amd64", A)),
                List.of(new ImageLayer("base", A, 7, 9)),
                new SmokeResult(1, 2, Optional.empty()),
                List.of(
                        new Placement.Tar(Path.of("image.tar")),
                        new Placement.Layout(Path.of("oci")),
                        new Placement.Daemon("acme/m:1"),
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
