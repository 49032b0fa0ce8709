package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A project's folder, and what is said of the models in it. */
abstract class ModelLayoutFixture {

    @TempDir
    Path project;

    /** What inspecting the models that may not be looked into says of them. */
    static List<String> rejections(ModelLayout.Discovery discovery) {
        return discovery.models().stream()
                .filter(source -> !source.findings().isEmpty())
                .map(source -> (RejectedModel) new ModelInspector(Path.of("target/scan")).inspect(source))
                .flatMap(rejected -> rejected.findings().stream())
                .map(Finding::line)
                .toList();
    }

    static List<String> lines(ModelLayout.Discovery discovery) {
        return discovery.findings().stream().map(Finding::line).toList();
    }

    void touch(String path) throws Exception {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
