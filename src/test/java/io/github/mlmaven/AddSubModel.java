package io.github.mlmaven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A small model with golden data, for the project of a test. */
public final class AddSubModel {

    private static final Path MODEL = Path.of("src/test/models/add-sub");

    private AddSubModel() {}

    /** Puts both where a project has them. */
    public static void copyTo(Path project) throws IOException {
        copy(MODEL.resolve("model.onnx"), project.resolve("src/main/model/model.onnx"));
        try (Stream<Path> files = Files.list(MODEL.resolve("test_data_set_0"))) {
            for (Path file : files.toList()) {
                copy(file, project.resolve("src/test/model").resolve(MODEL.relativize(file)));
            }
        }
    }

    /** The pom of a sample project, for the version of the plugin that is tested. */
    public static String pom(Path pom) throws IOException {
        return Files.readString(pom).replace("@project.version@", System.getProperty("plugin.version"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }
}
