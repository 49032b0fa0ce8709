package io.github.mlmaven.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the extension makes of Jib's plan, and what it refuses. */
class ModelExtensionTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private EmbeddedProject project;

    @BeforeEach
    void create() throws IOException {
        project = EmbeddedProject.in(folder);
    }

    @Test
    void isFoundByJib() {
        assertThat(ServiceLoader.load(JibMavenPluginExtension.class)).hasAtLeastOneElementOfType(ModelExtension.class);
        assertThat(new ModelExtension().getExtraConfigType()).isEmpty();
    }

    @Test
    void modelsAndNativesHaveLayersOfTheirOwn() throws Exception {
        ContainerBuildPlan plan = extend(project.plan().build());

        assertThat(paths(plan))
                .containsExactly(
                        "natives: /app/native/libonnxruntime.so",
                        "dependencies: /app/libs/onnxruntime-1.29.0.jar",
                        "dependencies: /app/libs/vertx-core.jar",
                        "model/fraud: /app/model/fraud/1.4/model.onnx",
                        "model/fraud: /app/model/fraud/1.4/data/more",
                        "resources: /app/resources/META-INF/ml/models.json",
                        "classes: /app/classes/com/acme/Shop.class");
        assertThat(told)
                .containsExactly("Model fraud 1.4 for linux/amd64 goes into the image as it was verified; the image"
                        + " itself is not tried");
    }

    @Test
    void theEnginesJarIsInTheImageWithoutNatives() throws Exception {
        ContainerBuildPlan plan = extend(project.plan().build());

        FileEntry engine =
                ((FileEntriesLayer) plan.getLayers().get(1)).getEntries().get(0);
        try (ZipFile jar = new ZipFile(engine.getSourceFile().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("ai/A.class");
        }
        FileEntry other =
                ((FileEntriesLayer) plan.getLayers().get(1)).getEntries().get(1);
        assertThat(other.getSourceFile()).isEqualTo(project.repository().resolve("vertx-core.jar"));
    }

    @Test
    void theContainerRunsTheServerWithTheOptionsOfTheProject() throws Exception {
        ContainerBuildPlan plan = extend(project.plan().build());

        assertThat(plan.getEntrypoint())
                .containsExactly(
                        "java",
                        "-XX:MaxRAMPercentage=75",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-Djava.io.tmpdir=/dev/shm",
                        "-Donnxruntime.native.path=/app/native",
                        "-Dml.model.path=/app/model",
                        "-Xmx512m",
                        "-cp",
                        "@/app/jib-classpath-file",
                        "com.acme.Shop");
        assertThat(plan.getEnvironment()).isEqualTo(Map.of("LANG", "C.UTF-8", "ORT_DISABLE_TELEMETRY", "1"));
        assertThat(plan.getLabels())
                .isEqualTo(Map.of("org.opencontainers.image.title", "shop", "org.opencontainers.image.version", "1.4"));
        assertThat(plan.getUser()).isEqualTo("65532:65532");
        assertThat(plan.getExposedPorts()).containsExactly(Port.tcp(8080));
    }

    @Test
    void whatJibIsConfiguredToDoWins() throws Exception {
        ContainerBuildPlan plan = extend(project.plan()
                .setUser("1000")
                .addLabel("org.opencontainers.image.title", "Shop")
                .addEnvironmentVariable("LANG", "en_US.UTF-8")
                .addExposedPort(Port.tcp(9000))
                .build());

        assertThat(plan.getUser()).isEqualTo("1000");
        assertThat(plan.getLabels()).containsEntry("org.opencontainers.image.title", "Shop");
        assertThat(plan.getEnvironment()).containsEntry("LANG", "en_US.UTF-8");
        assertThat(plan.getExposedPorts()).containsExactlyInAnyOrder(Port.tcp(8080), Port.tcp(9000));
    }

    @Test
    void refusesModelsThatThisBuildDidNotVerify() {
        MavenProject other = project.maven().clone();
        other.setContextValue("io.github.mlmaven.embedded", null);
        assertThatThrownBy(() -> extend(project.plan().build(), other))
                .isInstanceOf(JibPluginExtensionException.class)
                .hasMessage("ML-IMAGE-CONTENT: shop: the models were not verified in this build; expected the goal"
                        + " ml:embed before Jib's in the same build, found none. Run a phase from package on, for"
                        + " example `mvn package`, with the goals verify, lock and embed of ml-maven-plugin bound before"
                        + " Jib's.");
    }

    @Test
    void refusesModelsThatAreNotCopiedYet() throws Exception {
        Files.delete(project.classes().resolve("META-INF/ml/models.json"));
        refuses(
                project.plan(),
                "ML-IMAGE-CONTENT: shop: the models are not among the project's classes; expected"
                        + " META-INF/ml/models.json in the class folder, found none. Bind Jib's goal to package, after"
                        + " the project's resources are copied.");
    }

    @Test
    void refusesAModelThatIsNotTheVerifiedOne() throws Exception {
        Files.writeString(project.classes().resolve(EmbeddedProject.MODEL), "filtered");
        refuses(
                project.plan(),
                "ML-IMAGE-CONTENT: META-INF/ml/model/fraud/1.4/model.onnx: the file is not the one that was verified;"
                        + " expected sha256:" + DigestUtils.sha256Hex("weights")
                        + ", found sha256:" + DigestUtils.sha256Hex("filtered") + ". Let nothing change the models"
                        + " and their resources meanwhile, and build again with clean.");
        Files.delete(project.classes().resolve(EmbeddedProject.MODEL));
        refuses(
                project.plan(),
                "ML-IMAGE-CONTENT: META-INF/ml/model/fraud/1.4/model.onnx: the file is not the one that was verified;"
                        + " expected sha256:" + DigestUtils.sha256Hex("weights")
                        + ", found no such file. Let nothing change the models and their resources meanwhile, and build"
                        + " again with clean.");
    }

    @Test
    void modelsThatAreNotAmongTheClassesAreTakenFromWhereTheyWereVerified() throws Exception {
        Path verified = Files.createDirectories(folder.resolve("src/main/model"));
        Files.move(project.classes().resolve(EmbeddedProject.MODEL), verified.resolve("model.onnx"));
        Files.createDirectories(verified.resolve("data"));
        Files.move(
                project.classes().resolve(EmbeddedProject.MODEL).resolveSibling("data/more"),
                verified.resolve("data/more"));
        EmbeddedMark.leave(project.maven(), "com.acme.Shop", Map.of("fraud/1.4", verified));

        assertThat(paths(extend(project.plan().build())))
                .contains(
                        "model/fraud: /app/model/fraud/1.4/model.onnx", "model/fraud: /app/model/fraud/1.4/data/more");

        Files.writeString(verified.resolve("model.onnx"), "retrained");
        refuses(
                project.plan(),
                "ML-IMAGE-CONTENT: " + verified.resolve("model.onnx") + ": the file is not the one that was verified;"
                        + " expected sha256:" + DigestUtils.sha256Hex("weights") + ", found sha256:"
                        + DigestUtils.sha256Hex("retrained") + ". Let nothing change the models and their resources"
                        + " meanwhile, and build again with clean.");
    }

    @Test
    void refusesSeveralPlatformsAndUnknownOnes() throws Exception {
        String start = "ML-IMAGE-PLATFORM: <from><platforms>: the engine's native libraries are for one platform each;"
                + " expected one of [linux/amd64, linux/arm64], found ";
        String next = ". Name one platform in Jib's configuration, and build an image for each.";
        refuses(project.plan().addPlatform("arm64", "linux"), start + "linux/amd64, linux/arm64" + next);
        refuses(project.plan().setPlatforms(Set.of(new Platform("amd64", "windows"))), start + "windows/amd64" + next);
    }

    @Test
    void refusesAnEntrypointThatIsNotJibs() throws Exception {
        String start = "ML-IMAGE-JIB: <container><entrypoint>: the image would not start the server; expected the"
                + " entrypoint that Jib itself makes: java … -cp CLASSPATH MAIN, found ";
        String next = ". Remove <entrypoint> from Jib's configuration; options of Java go into <jvmFlags>.";
        refuses(project.plan().setEntrypoint(List.of("sh", "-c", "run")), start + "sh -c run" + next);
        refuses(project.plan().setEntrypoint(null), start + "none" + next);
    }

    @Test
    void refusesAnImageWithoutTheEngineOrWithTwo() throws Exception {
        String start = ": class path: the image must have one engine with native libraries for ";
        String next = ". Keep <extensions>true</extensions> at ml-maven-plugin, which adds the engine, and no other"
                + " engine among the project's dependencies.";
        refuses(
                project.plan().setPlatforms(Set.of(new Platform("arm64", "linux"))),
                "ML-IMAGE-PLATFORM" + start
                        + "linux/arm64; expected one jar such as com.microsoft.onnxruntime:onnxruntime, found none"
                        + next);
        Path second = project.jar("onnxruntime_gpu.jar", "ai/onnxruntime/native/linux-x64/libonnxruntime.so");
        refuses(
                project.plan()
                        .addLayer(FileEntriesLayer.builder()
                                .setName("project dependencies")
                                .addEntry(second, AbsoluteUnixPath.get("/app/libs/onnxruntime_gpu.jar"))
                                .build()),
                "ML-IMAGE-CONTENT" + start
                        + "linux/amd64; expected one jar such as com.microsoft.onnxruntime:onnxruntime, found"
                        + " onnxruntime-1.29.0.jar and onnxruntime_gpu.jar" + next);
    }

    @Test
    void refusesADamagedJar() throws Exception {
        Files.writeString(project.repository().resolve(EmbeddedProject.ENGINE), "half a jar");
        refuses(
                project.plan(),
                "ML-IMAGE-CONTENT: onnxruntime-1.29.0.jar: the jar of the runtime class path is damaged; expected a jar"
                        + " that can be read, found zip END header not found. Delete it from the local repository, so"
                        + " that Maven fetches it again.");
    }

    @Test
    void tellsWhatCannotBeWritten() throws Exception {
        Path blocked = Files.writeString(folder.resolve("target/ml"), "a file");
        refuses(
                project.plan(),
                "could not read or write: java.nio.file.FileSystemException: " + blocked + "/jib: Not a directory");
    }

    private void refuses(ContainerBuildPlan.Builder plan, String message) {
        assertThatThrownBy(() -> extend(plan.build()))
                .isInstanceOf(JibPluginExtensionException.class)
                .hasMessage(message);
    }

    private ContainerBuildPlan extend(ContainerBuildPlan plan) throws JibPluginExtensionException {
        return extend(plan, project.maven());
    }

    private ContainerBuildPlan extend(ContainerBuildPlan plan, MavenProject maven) throws JibPluginExtensionException {
        MavenData data = new MavenData() {
            @Override
            public MavenProject getMavenProject() {
                return maven;
            }

            @Override
            public MavenSession getMavenSession() {
                throw new UnsupportedOperationException();
            }
        };
        return new ModelExtension()
                .extendContainerBuildPlan(plan, Map.of(), Optional.empty(), data, (level, line) -> told.add(line));
    }

    /** {@code LAYER: PATH} of every file. */
    private static List<String> paths(ContainerBuildPlan plan) {
        List<String> paths = new ArrayList<>();
        plan.getLayers().stream()
                .map(FileEntriesLayer.class::cast)
                .forEach(layer -> layer.getEntries().stream()
                        .filter(entry -> Files.isRegularFile(entry.getSourceFile()))
                        .forEach(entry -> paths.add(layer.getName() + ": " + entry.getExtractionPath())));
        return paths;
    }
}
