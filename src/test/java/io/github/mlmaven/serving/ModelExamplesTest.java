package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExamplesTest {

    private static final ModelDescriptor MODEL = new ModelDescriptor(
            "doubles",
            "1",
            ModelFormat.ONNX,
            List.of(new ModelFile("model.onnx", 1, new Digest("00".repeat(32)))),
            new Contract(
                    List.of(new TensorSpec("x", Datatype.FP64, new Shape(List.of(new Dimension.Symbolic("N"))))),
                    List.of()));

    @TempDir
    Path classes;

    @Test
    void theExampleIsReadFromTheClassPath() throws IOException {
        example("{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1.5]}],\"outputs\":[]}");

        assertThat(read()).hasValueSatisfying(example -> {
            assertThat(example.inputs()).hasSize(1);
            assertThat(example.inputs().get(0).data().getDouble()).isEqualTo(1.5);
        });
    }

    @Test
    void whatIsMissingDamagedLargeOrOfAnotherModelIsNone() throws IOException {
        assertThat(read()).isEmpty();
        example("{\"inputs\":[");
        assertThat(read()).isEmpty();
        example(" ".repeat(64 << 10) + "{\"inputs\":[],\"outputs\":[]}");
        assertThat(read()).isEmpty();
        example("{\"inputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[1.5]}],\"outputs\":[]}");
        assertThat(read()).isEmpty();
    }

    private void example(String json) throws IOException {
        Path file = classes.resolve("META-INF/ml/example/doubles.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    private Optional<Example> read() throws IOException {
        try (URLClassLoader resources =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            return ModelExamples.read(resources, MODEL);
        }
    }
}
