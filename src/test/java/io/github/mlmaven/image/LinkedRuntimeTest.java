package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.smoke.ServerProcess;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.serving.ApplicationFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, started as in the image, on a runtime with the modules of the base {@code jdk} and no others. */
class LinkedRuntimeTest {

    private static final Path MODELS = Path.of("src/test/models");
    private static final List<String> NAMES = List.of("add-sub", "breast-cancer-lgbm", "digits-cnn");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PORT", "0", "LANG", "C.UTF-8", "ORT_DISABLE_TELEMETRY", "1");

    @TempDir
    static Path folder;

    private static List<String> command = List.of();

    @BeforeAll
    static void link() throws Exception {
        SampleProject project =
                SampleProject.create(folder, "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        ImageRequest request = project.request().build();
        BaseImage.Jdk base = (BaseImage.Jdk) request.base();
        Files.createDirectories(project.workFolder());
        JdkTools tools = base.source().tools(request.platforms().first(), Machine.current());
        Path runtime = JdkRuntime.link(
                base,
                tools,
                JdkModules.needed(base, tools, request),
                folder.resolve("jdk"),
                FileDigests.reading(),
                folder.resolve("jlink.log"));
        ApplicationTree tree =
                ApplicationTree.assemble(request.content(), request.platforms().first(), folder.resolve("rootfs/app"));
        ApplicationFolder application = ApplicationFolder.withModelFolder(tree.root());
        for (String name : NAMES) {
            application.add(name, "1", MODELS.resolve(name).resolve("model.onnx"));
        }
        application.write();
        command = new Entrypoint(tree.classPath(), SampleProject.MAIN_CLASS)
                .here(runtime.resolve("bin").resolve("java"), tree.root());
    }

    @Test
    void hasAllThatPredictingOverBothProtocolsNeeds() throws Exception {
        try (ServerProcess server = ServerProcess.start(command, ENVIRONMENT, folder.resolve("server.log"))) {
            Predictions predictions = new Predictions(server.awaitReady(TIMEOUT));
            for (String name : NAMES) {
                predictions.areGolden(name, MODELS.resolve(name));
            }
            server.stop(TIMEOUT);
        }
    }

    @Test
    void endsWithExitCode3WhenTheHeapIsTooSmall() throws Exception {
        Path log = folder.resolve("heap.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx3m");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(log).content().contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        assertThat(process.exitValue()).isEqualTo(3);
    }
}
