package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputsTest {

    private static final Digest DIGEST = new Digest("0".repeat(64));

    @TempDir
    Path folder;

    private SampleProject project;
    private Path plugin;

    @BeforeEach
    void compileAProject() throws Exception {
        project = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT));
        plugin = Files.writeString(folder.resolve("plugin.jar"), "1");
    }

    @Test
    void whateverChangesTheImageOrHowItIsTriedIsAnInput() throws Exception {
        Set<Digest> seen = new LinkedHashSet<>();
        seen.add(digest(request()));
        assertThat(digest(request())).as("the same again").isIn(seen);

        for (ImageRequest.Builder other : List.of(
                request().label("team", "ml"),
                request().label("team", "fraud"),
                request().mainClass("com.acme.Other"),
                request().javaRelease(21),
                request().platforms(Set.of(Platform.LINUX_ARM64)),
                request().platforms(Set.of(Platform.values())),
                request().base(BaseImage.Registry.of("acme/java:17", Platform.LINUX_AMD64, DIGEST)),
                request().base(BaseImage.Registry.of("acme/java:17", Platform.LINUX_AMD64, new Digest("1".repeat(64)))),
                request().base(jdk("/lib/a.so", List.of())),
                request().base(jdk("/lib/b.so", List.of())),
                request().base(jdk("/lib/b.so", List.of("java.sql"))),
                request().tolerances(SampleProject.NAME, Tolerances.of(new Tolerance(1, 0))),
                request()
                        .tolerances(
                                SampleProject.NAME,
                                new Tolerances(Tolerance.DEFAULT, Map.of("OUTPUT0", new Tolerance(1, 0)))),
                request().classPath(List.of(new RuntimeArtifact("com.acme", "x", "1", "", plugin))),
                request().model(project.model(List.of())))) {
            assertThat(seen.add(digest(other))).as("input %d", seen.size()).isTrue();
        }
        Files.writeString(project.classes().resolve("application.properties"), "a=b");
        assertThat(seen.add(digest(request()))).as("a resource").isTrue();
        Files.writeString(plugin, "2");
        assertThat(seen.add(digest(request()))).as("another plugin").isTrue();
    }

    /** The image has the models as they were verified, and not as resources. */
    @Test
    void modelsAmongTheClassesAreNone() throws Exception {
        Digest before = digest(request());
        Files.writeString(project.classes().resolve("META-INF/ml/model/add-sub/1.4.0/model.onnx"), "x");
        assertThat(digest(request())).isEqualTo(before);
    }

    @Test
    void withoutAPluginNothingIsKnown() throws Exception {
        assertThat(ImageInputs.digest(project.request().build(), Machine.current()))
                .isEmpty();
    }

    private BaseImage jdk(String library, List<String> modules) {
        return new BaseImage.Jdk(
                JdkSource.current(),
                modules,
                new BaseIdentity.Jdk("linux/amd64", "Acme", "17", DIGEST, new TreeMap<>(Map.of(library, DIGEST))));
    }

    private ImageRequest.Builder request() throws ImageException, IOException {
        return project.request().plugin(plugin);
    }

    private static Digest digest(ImageRequest.Builder request) throws IOException {
        Optional<Digest> digest = ImageInputs.digest(request.build(), Machine.current());
        return digest.orElseThrow();
    }
}
