package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.VerifiedModels;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockBuilderTest {

    /** Of the three bytes {@code abc}: FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void itHashesWhatWasResolvedAndTakesTheRestFromTheModels() throws Exception {
        Path jar = Files.writeString(folder.resolve("a.jar"), "abc");
        FoundLock found = LockBuilder.build(
                inputs(
                        List.of(resolved("vertx-core", "compile", Optional.of(jar), false)),
                        List.of(resolved("some-plugin", "", Optional.of(jar), false))),
                FileDigests.reading());
        assertThat(found.paths())
                .containsOnly(
                        Map.entry("dependencies/com.acme:vertx-core", "direct"),
                        Map.entry("plugins/com.acme:some-plugin", "direct"));
        Lock lock = found.lock();
        assertThat(lock.artifacts(Section.DEPENDENCIES)).hasToString("[5.2.3 compile sha256:" + ABC + " from central]");
        assertThat(lock.artifacts(Section.PLUGINS)).hasToString("[5.2.3 sha256:" + ABC + " from central]");
        assertThat(lock.engine()).isEqualTo("onnxruntime 1.29.0");
        assertThat(lock.verification()).containsExactly(Map.entry("ml.golden.atol", "0.001"));
        assertThat(lock.models()).containsOnlyKeys("breast-cancer");
        LockedModel model = lock.models().get("breast-cancer");
        assertThat(model.files()).extracting(ModelFile::path).containsExactly("a.bin", "model.onnx");
        assertThat(model.golden())
                .extracting(ModelFile::path)
                .containsExactly("case.json", "test_data_set_0/input_0.pb");
        assertThat(model.opsets()).containsExactly(Map.entry("ai.onnx", 15L), Map.entry("ai.onnx.ml", 3L));
        assertThat(model.contract()).isEqualTo(Locks.CONTRACT);
        assertThat(LockCodec.read("ml.lock", LockCodec.write(lock))).isEqualTo(lock);
    }

    @Test
    void aModuleOfTheReactorIsNotHashed() throws Exception {
        FoundLock found = LockBuilder.build(
                inputs(List.of(resolved("features", "compile", Optional.of(folder), true)), List.of()),
                FileDigests.reading());
        assertThat(found.lock().artifacts(Section.DEPENDENCIES))
                .containsExactly(new LockedArtifact.Sibling(
                        LockedArtifact.Id.of(ArtifactKey.jar("com.acme", "features")), "compile"));
    }

    @Test
    void everythingWithoutAFileIsToldAtOnce() {
        LockInputs inputs = inputs(
                List.of(resolved("vertx-core", "compile", Optional.empty(), false)),
                List.of(resolved("some-plugin", "", Optional.of(folder.resolve("gone.jar")), false)));
        String rest =
                ":5.2.3: its file is not there, so it has no checksum to lock (direct). Run the build once without -o, or"
                        + " delete the artifact from the local repository and try again.";
        assertThatThrownBy(() -> LockBuilder.build(inputs, FileDigests.reading()))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-UNRESOLVED: com.acme:vertx-core:jar" + rest
                        + "\nML-LOCK-UNRESOLVED: com.acme:some-plugin:jar" + rest);
    }

    private LockInputs inputs(List<ResolvedArtifact> dependencies, List<ResolvedArtifact> plugins) {
        return new LockInputs(
                List.of(model()),
                Map.of(Section.DEPENDENCIES, dependencies, Section.PLUGINS, plugins),
                Set.of(),
                Locks.JDK,
                new TreeMap<>(),
                new TreeMap<>(Map.of("ml.golden.atol", "0.001")),
                17,
                "ml-maven-plugin 1.0.0");
    }

    private static ResolvedArtifact resolved(String name, String scope, Optional<Path> file, boolean reactor) {
        return new ResolvedArtifact(
                LockedArtifact.Id.of(ArtifactKey.jar("com.acme", name)),
                "5.2.3",
                scope,
                file,
                "central",
                reactor,
                List.of());
    }

    private VerifiedModel model() {
        ModelSource source =
                new ModelSource("breast-cancer", "1.0", folder, folder, "src/main/model", "src/test/model");
        ModelSummary summary = new ModelSummary(
                8,
                List.of(new Opset("ai.onnx.ml", 3), new Opset("ai.onnx", 15)),
                "",
                List.of(),
                List.of(),
                new TreeMap<>(),
                0);
        InspectedModel inspected = InspectedModels.onnx(
                source, List.of(Locks.file("model.onnx", 2, 'a'), Locks.file("a.bin", 1, 'b')), summary);
        GoldenCase zoo = golden("test_data_set_0", "test_data_set_0/input_0.pb");
        GoldenCase json = golden("case", "case.json");
        return VerifiedModels.of(inspected, Locks.CONTRACT, "onnxruntime 1.29.0", List.of(zoo, json));
    }

    private static GoldenCase golden(String name, String path) {
        return new GoldenCase(name, name, List.of(Locks.file(path, 3, 'c')), List.of(), List.of());
    }
}
