package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.verify.golden.TensorFiles;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Models in a project, and their verification. */
abstract class ModelVerifierFixture {

    static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path project;

    VerificationReport verify(ModelSource... sources) {
        return verify(Map.of(), sources);
    }

    VerificationReport verify(Map<String, Tolerances> tolerances, ModelSource... sources) {
        ModelInspector inspector = new ModelInspector(Path.of("target/scan"));
        return new ModelVerifier()
                .verify(new VerificationRequest(
                        Arrays.stream(sources).map(inspector::inspect).toList(),
                        List.of(),
                        Forks.settings(project.resolve("fork")),
                        tolerances,
                        Tolerance.DEFAULT));
    }

    static List<String> lines(VerificationReport report) {
        return report.allFindings().stream().map(Finding::line).toList();
    }

    /** The fixtures hold golden data beside the model; a project has them apart. */
    ModelSource real(String name) {
        Path model = model(name);
        try (Stream<Path> files = Files.walk(MODELS.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = file.endsWith("model.onnx")
                        ? model
                        : project.resolve("src/test/model").resolve(MODELS.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return source(name);
    }

    ModelSource identity(String name, Tensor x, Tensor y) throws IOException {
        OnnxModels.identity(model(name), Datatype.FP32);
        golden(name, "input_0.pb", x);
        golden(name, "output_0.pb", y);
        return source(name);
    }

    void golden(String name, String file, Tensor tensor) throws IOException {
        TensorFiles.write(project.resolve("src/test/model/" + name + "/test_data_set_0/" + file), tensor);
    }

    Path model(String name) {
        Path file = project.resolve("src/main/model/" + name + "/model.onnx");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    ModelSource source(String name) {
        String place = "src/main/model/" + name;
        String golden = "src/test/model/" + name;
        return new ModelSource(name, "1.0", project.resolve(place), project.resolve(golden), place, golden);
    }
}
