package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.model.Digest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsReportTest {

    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));

    @Test
    void tellsWhatWasWrittenAndWhereItGoes() {
        assertThat(lines(ImageKind.MODELCAR, "m:1", new Placement.Tar(Path.of("m.tar"), Platform.LINUX_AMD64)))
                .containsExactly(
                        "Image of models m:1",
                        "  digest " + A,
                        "  model/m  1.5 MB  " + B,
                        "  together 1.5 MB, nothing compressed",
                        "Wrote target/m.tar; nothing in it runs. Put it into a registry with",
                        "  skopeo copy --preserve-digests oci-archive:target/m.tar docker://REGISTRY/m:1");
        assertThat(lines(ImageKind.MODELPACK, "m:1").get(0)).isEqualTo("ModelPack artifact m:1");
    }

    @ParameterizedTest
    @CsvSource({
        "m:1, REGISTRY/m:1",
        "acme/m:1, REGISTRY/acme/m:1",
        "example.org/m:1, example.org/m:1",
        "host:5000/acme/m:1, host:5000/acme/m:1",
        "localhost/m, localhost/m",
    })
    void knowsANameThatHasARegistry(String name, String shown) {
        assertThat(lines(ImageKind.MODELPACK, name, new Placement.Tar(Path.of("x"), Platform.LINUX_AMD64)))
                .last()
                .asString()
                .endsWith("//" + shown);
    }

    @Test
    void tellsOfEveryPlaceThatHasThem() {
        assertThat(lines(
                        ImageKind.MODELCAR,
                        "m:1",
                        new Placement.Layout(Path.of("oci")),
                        new Placement.Daemon("m:1", Platform.LINUX_AMD64),
                        new Placement.Registry(List.of("example.org/m:1", "example.org/m:latest"), A)))
                .endsWith(
                        "  together 1.5 MB, nothing compressed",
                        "Wrote the OCI layout target/oci",
                        "Loaded m:1 into Docker; nothing in it runs",
                        "Pushed example.org/m:1 and example.org/m:latest");
    }

    private static List<String> lines(ImageKind kind, String name, Placement... placements) {
        ModelsResult models = new ModelsResult(
                kind, name, A, B, List.of(new ImageLayer("model/m", B, 1_500_000, 1_500_000)), List.of(placements));
        return ModelsReport.lines(models, file -> "target/" + file);
    }
}
