package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.FLOAT;
import static io.github.mlmaven.inspect.onnx.Onnx.fixed;
import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.node;
import static io.github.mlmaven.inspect.onnx.Onnx.opset;
import static io.github.mlmaven.inspect.onnx.Onnx.shape;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static io.github.mlmaven.inspect.onnx.Onnx.tensorType;
import static io.github.mlmaven.inspect.onnx.Onnx.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxStructureTest {

    @TempDir
    Path folder;

    @Test
    void everythingThatIsMissingIsReportedAtOnce() throws Exception {
        assertThat(rejected(new Proto().text(2, "exporter")))
                .containsExactly(
                        finding("the model has no IR version; expected ir_version of 1 or more, found none"),
                        finding("the model imports no opset; expected at least one opset_import, found none"),
                        finding("the model has no graph; expected a graph, found none"));
    }

    @Test
    void aGraphWithoutOutputs() throws Exception {
        assertThat(rejected(model(new Proto().message(1, node("Identity")))))
                .containsExactly(finding("the model has no outputs; expected at least one output, found none"));
    }

    @Test
    void aNegativeIrVersion() throws Exception {
        assertThat(rejected(model(graph()).number(1, -3)))
                .containsExactly(finding("the model has no IR version; expected ir_version of 1 or more, found -3"));
    }

    @Test
    void opsets() throws Exception {
        assertThat(rejected(model(graph()).message(8, opset("ai.onnx", 9)).message(8, opset("a", 0))))
                .containsExactly(
                        finding("opset ai.onnx is imported twice; expected one version, found two"),
                        finding("opset a has no version; expected 1 or more, found 0"));
    }

    @Test
    void duplicateNames() throws Exception {
        Proto type = tensorType(FLOAT, shape());
        assertThat(rejected(model(graph().message(11, value("x", type))
                        .message(12, value("y", type))
                        .message(12, value("y", type))
                        .message(5, tensor("w", FLOAT))
                        .message(5, tensor("w", FLOAT)))))
                .containsExactly(
                        finding("two initializers are named w; expected one, found two"),
                        finding("2 inputs are named x; expected one, found 2"),
                        finding("3 outputs are named y; expected one, found 3"));
    }

    @Test
    void valuesWithoutNameOrType() throws Exception {
        assertThat(rejected(model(graph().message(11, new Proto())
                        .message(12, new Proto().text(1, "z"))
                        .message(11, value("u", tensorType(0, shape())))
                        .message(5, tensor("", FLOAT))
                        .message(5, tensor("w", 0))
                        .message(1, new Proto().text(3, "nameless")))))
                .containsExactly(
                        finding("an input has no name; expected a name, found none"),
                        finding("output z has no type; expected a type, found none"),
                        finding("input u has no type; expected a type, found none"),
                        finding("an initializer has no name; expected a name, found none"),
                        finding("tensor w has no datatype; expected a datatype, found none"),
                        finding("a node has no operator at byte 91; expected an operator, found none"));
    }

    @Test
    void impossibleDimensions() throws Exception {
        assertThat(rejected(model(graph().message(11, value("z", tensorType(FLOAT, shape(fixed(-2)))))
                        .message(5, tensor("a", FLOAT, 3, -1))
                        .message(5, tensor("b", FLOAT, 1L << 40, 1L << 40))
                        .message(5, tensor("c", FLOAT, 1L << 62)))))
                .containsExactly(
                        finding("a shape has a negative dimension at byte 74; expected zero or more, found -2"),
                        finding("tensor a has a negative dimension;"
                                + " expected dimensions of zero or more, found float[3, -1]"),
                        finding("tensor b has more elements than can be counted;"
                                + " expected at most 2^63-1 bytes, found float[1099511627776, 1099511627776]"),
                        finding("tensor c has more elements than can be counted;"
                                + " expected at most 2^63-1 bytes, found float[4611686018427387904]"));
    }

    @Test
    void moreParametersThanCanBeCounted() throws Exception {
        Proto half = tensor("a", 3, 1L << 62);
        assertThat(rejected(model(graph().message(5, half).message(5, tensor("b", 3, 1L << 62)))))
                .containsExactly(finding("the initializers have more elements than can be counted;"
                        + " expected at most 2^63-1, found more"));
    }

    @Test
    void weightsThatDoNotFitTheirDimensions() throws Exception {
        assertThat(rejected(model(graph().message(5, tensor("w", FLOAT, 3, 4).bytes(9, new byte[47]))
                        .message(5, tensor("q", 22, 5).bytes(9, new byte[3]))
                        .message(5, tensor("r", 22, 5).bytes(9, new byte[5])))))
                .containsExactly(
                        finding("tensor w has data of a wrong length;"
                                + " expected 48 bytes for float[3, 4], found 47 bytes"),
                        finding("tensor r has data of a wrong length; expected 3 bytes for int4[5], found 5 bytes"));
    }

    @Test
    void aFloodOfProblemsIsCutOff() throws Exception {
        Proto graph = graph();
        for (int i = 0; i < 150; i++) {
            graph.message(5, tensor("w" + i, 0));
        }
        List<String> findings = rejected(model(graph));

        assertThat(findings).hasSize(101);
        assertThat(findings.get(100))
                .isEqualTo("ML-MODEL-LIMIT: src/main/model/m/model.onnx: there are more problems than are listed;"
                        + " expected at most 100 problems, found 150 problems. Repair those that are listed first.");
    }

    private List<String> rejected(Proto model) throws Exception {
        return Inspected.rejected(folder, model.toBytes());
    }

    private static String finding(String text) {
        return "ML-MODEL-STRUCTURE: src/main/model/m/model.onnx: " + text + ". Export the model again.";
    }
}
