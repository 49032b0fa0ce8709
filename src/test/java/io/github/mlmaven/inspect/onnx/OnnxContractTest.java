package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.FLOAT;
import static io.github.mlmaven.inspect.onnx.Onnx.INT64;
import static io.github.mlmaven.inspect.onnx.Onnx.STRING;
import static io.github.mlmaven.inspect.onnx.Onnx.fixed;
import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.graphAttribute;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.node;
import static io.github.mlmaven.inspect.onnx.Onnx.shape;
import static io.github.mlmaven.inspect.onnx.Onnx.symbolic;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static io.github.mlmaven.inspect.onnx.Onnx.tensorType;
import static io.github.mlmaven.inspect.onnx.Onnx.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueType.OtherType;
import io.github.mlmaven.inspect.ValueType.TensorType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxContractTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, float, FP32", "2, uint8, UINT8", "3, int8, INT8", "4, uint16, UINT16", "5, int16, INT16",
        "6, int32, INT32", "7, int64, INT64", "8, string, BYTES", "9, bool, BOOL", "10, float16, FP16",
        "11, double, FP64", "12, uint32, UINT32", "13, uint64, UINT64", "16, bfloat16, BF16"
    })
    void datatypesOfTheWire(int number, String name, String datatype) throws Exception {
        TensorType type = (TensorType) read(graph().message(11, value("z", tensorType(number, shape(fixed(3))))))
                .inputs()
                .get(1)
                .type();

        assertThat(type.elementType()).isEqualTo(name);
        assertThat(type).hasToString(datatype + "[3]");
    }

    @ParameterizedTest
    @CsvSource({
        "14, complex64",
        "15, complex128",
        "17, float8e4m3fn",
        "18, float8e4m3fnuz",
        "19, float8e5m2",
        "20, float8e5m2fnuz",
        "21, uint4",
        "22, int4",
        "23, float4e2m1",
        "24, float8e8m0",
        "25, uint2",
        "26, int2",
        "27, datatype 27",
        "99, datatype 99"
    })
    void datatypesThatNoProtocolCarriesAreNamed(int number, String name) throws Exception {
        TensorType type = (TensorType) read(graph().message(11, value("z", tensorType(number, shape(fixed(3))))))
                .inputs()
                .get(1)
                .type();

        assertThat(type.datatype()).isEmpty();
        assertThat(type).hasToString(name + "[3]");
    }

    @Test
    void shapes() throws Exception {
        ModelSummary model = read(graph().message(11, value("a", tensorType(FLOAT, shape())))
                .message(11, value("b", new Proto().message(1, new Proto().number(1, FLOAT))))
                .message(11, value("c", tensorType(FLOAT, shape(new Proto(), symbolic("T"), fixed(0)))))
                .message(11, value("d", tensorType(FLOAT, shape(fixed(-1), new Proto().text(3, "DATA_BATCH"))))));

        assertThat(types(model)).containsExactly("FP32[N]", "FP32[]", "FP32[?]", "FP32[?,T,0]", "FP32[?,?]");
    }

    @Test
    void typesThatAreNoTensors() throws Exception {
        Proto map = new Proto().message(5, new Proto().number(1, INT64).message(2, tensorType(FLOAT, shape())));
        Proto strings = new Proto().message(1, new Proto().number(1, STRING));
        Proto sparse = new Proto().message(8, new Proto().number(1, FLOAT).message(2, shape(fixed(4))));

        ModelSummary model = read(graph().message(11, value("a", new Proto().message(4, new Proto().message(1, map))))
                .message(11, value("b", new Proto().message(9, new Proto().message(1, strings))))
                .message(11, value("c", sparse))
                .message(
                        11,
                        value(
                                "d",
                                new Proto()
                                        .message(7, new Proto().text(1, "acme").text(2, "Tree"))))
                .message(11, value("e", new Proto().message(77, new Proto()))));

        assertThat(types(model))
                .containsExactly(
                        "FP32[N]",
                        "sequence(map(int64, FP32[]))",
                        "optional(BYTES[?])",
                        "sparse_tensor(FP32[4])",
                        "opaque(acme, Tree)",
                        "type 77");
        assertThat(model.inputs().subList(1, 6))
                .allSatisfy(i -> assertThat(i.type()).isInstanceOf(OtherType.class));
    }

    @Test
    void inputsThatInitializersFillAreNotInputs() throws Exception {
        Proto sparse = new Proto()
                .message(1, tensor("s", FLOAT, 3))
                .message(2, tensor("", INT64, 3))
                .number(3, 9);

        ModelSummary model = read(graph().message(5, tensor("w", FLOAT, 2, 3))
                .message(15, sparse)
                .message(11, value("w", tensorType(FLOAT, shape(fixed(2), fixed(3)))))
                .message(11, value("s", tensorType(FLOAT, shape(fixed(9))))));

        assertThat(model.inputs()).extracting("name").containsExactly("x");
        assertThat(model.parameters()).isEqualTo(6 + 3);
    }

    @Test
    void operatorsAndParametersOfSubgraphsAndFunctionsCount() throws Exception {
        Proto inner = new Proto().message(1, node("Mul")).message(5, tensor("w", FLOAT, 5));
        Proto loop = node("Loop").message(5, graphAttribute("body", inner));
        Proto branch = new Proto().message(1, loop).message(1, node("Mul").text(7, "ai.onnx"));
        Proto function = new Proto().text(1, "F").message(7, node("Gelu").text(7, "com.microsoft"));

        ModelSummary model = Inspected.accepted(
                folder,
                model(graph().message(1, node("If").message(5, graphAttribute("then_branch", branch)))
                                .message(5, tensor("w", FLOAT, 7))
                                .message(5, tensor("scalar", FLOAT)))
                        .message(25, function)
                        .message(8, Onnx.opset("com.microsoft", 1))
                        .toBytes());

        assertThat(model.operators())
                .hasToString(
                        "{ai.onnx.Identity=1, ai.onnx.If=1, ai.onnx.Loop=1, ai.onnx.Mul=2," + " com.microsoft.Gelu=1}");
        assertThat(model.parameters()).isEqualTo(5 + 7 + 1);
        assertThat(model.opsets()).containsExactly(new Opset("ai.onnx", 17), new Opset("com.microsoft", 1));
    }

    @Test
    void weightsInEveryFieldAreSkipped() throws Exception {
        Proto attribute =
                new Proto().text(1, "value").message(5, tensor("", FLOAT, 2).packedFloats(4, 1, 2));

        ModelSummary model = read(graph().message(1, node("Constant").message(5, attribute))
                .message(5, tensor("raw", FLOAT, 2).bytes(9, new byte[8]))
                .message(5, tensor("packed", INT64, 3).packedNumbers(7, 1, -1, 1L << 40))
                .message(5, tensor("single", FLOAT, 1).float32(4, 1))
                .message(5, tensor("double", 11, 1).float64(10, 1))
                .message(5, tensor("strings", STRING, 2).text(6, "a").text(6, "\u0000")));

        assertThat(model.parameters()).isEqualTo(2 + 3 + 1 + 1 + 2);
    }

    private List<String> types(ModelSummary model) {
        return model.inputs().stream().map(input -> input.type().toString()).toList();
    }

    private ModelSummary read(Proto graph) throws Exception {
        return Inspected.accepted(folder, model(graph).toBytes());
    }
}
