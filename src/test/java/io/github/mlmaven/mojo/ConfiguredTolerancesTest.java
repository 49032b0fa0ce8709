package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfiguredTolerancesTest {

    @Test
    void anOutputInheritsFromItsModelAndThatFromTheBuild() throws Exception {
        ModelConfiguration model = model("fraud", output("label", 0.0), output("score", null));
        model.setRtol(0.5);
        assertThat(ConfiguredTolerances.of(List.of(model), new Tolerance(1, 2)))
                .isEqualTo(Map.of(
                        "fraud",
                        new Tolerances(
                                new Tolerance(1, 0.5),
                                Map.of("label", new Tolerance(0, 0.5), "score", new Tolerance(1, 0.5)))));
    }

    @Test
    void whatIsMisconfiguredIsNamed() {
        assertThatThrownBy(() -> ConfiguredTolerances.of(List.of(model("fraud", output("y", -1.0))), Tolerance.DEFAULT))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("<model> fraud, <output> y: atol and rtol are finite and zero or more: -1.0, 1.0E-4."
                        + " Correct the tolerance.");
        assertThatThrownBy(() ->
                        ConfiguredTolerances.of(List.of(model("fraud", new OutputConfiguration())), Tolerance.DEFAULT))
                .hasMessage("<model> fraud: an <output> has no <name>. Name the output it is about.");
        assertThatThrownBy(() -> ConfiguredTolerances.of(List.of(new ModelConfiguration()), Tolerance.DEFAULT))
                .hasMessage("<models>: a <model> has no <name>. Name the model it is about.");
    }

    @Test
    void namesThatAreNotThereAreToldWithThoseThatAre() throws Exception {
        List<Inspection> models = List.of(inspected("fraud", "label", "score"));
        Map<String, Tolerances> good =
                ConfiguredTolerances.of(List.of(model("fraud", output("score", 1.0))), Tolerance.DEFAULT);
        ConfiguredTolerances.requireKnown(good, models);
        assertThatThrownBy(() -> ConfiguredTolerances.requireKnown(
                        ConfiguredTolerances.of(List.of(model("churn")), Tolerance.DEFAULT), models))
                .hasMessage("<models>: there is no model of this name; expected one of [fraud], found \"churn\"."
                        + " Correct the <name>.");
        assertThatThrownBy(() -> ConfiguredTolerances.requireKnown(
                        ConfiguredTolerances.of(List.of(model("fraud", output("y", 1.0))), Tolerance.DEFAULT), models))
                .hasMessage("<model> fraud: it has no output of this name; expected one of [label, score], found \"y\"."
                        + " Correct the <name> of the <output>.");
    }

    private static ModelConfiguration model(String name, OutputConfiguration... outputs) {
        ModelConfiguration model = new ModelConfiguration();
        model.setName(name);
        model.setOutputs(List.of(outputs));
        return model;
    }

    private static OutputConfiguration output(String name, @Nullable Double atol) {
        OutputConfiguration output = new OutputConfiguration();
        output.setName(name);
        if (atol != null) {
            output.setAtol(atol);
        }
        return output;
    }

    private static Inspection inspected(String name, String... outputs) {
        Path nowhere = Path.of("nowhere");
        List<ValueInfo> values = List.of(outputs).stream()
                .map(output -> new ValueInfo(output, new ValueType.OtherType("any")))
                .toList();
        return InspectedModels.onnx(
                new ModelSource(name, "1", nowhere, nowhere, "src/main/model", "src/test/model"),
                List.of(),
                new ModelSummary(8, List.of(), "", List.of(), values, new TreeMap<>(), 0));
    }
}
