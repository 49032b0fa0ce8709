package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferRequestedOutputTensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import io.grpc.ManagedChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** ModelInfer, asked by grpc-java's client. */
@Timeout(120)
class ModelInferTest {

    @TempDir
    static Path folder;

    private static GrpcServer server;

    @BeforeAll
    static void start() throws Exception {
        server = GrpcServer.ready(GrpcServer.LIMITS, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<Path> goldenCases() {
        return Stream.of("add-sub/test_data_set_0", "breast-cancer-lgbm/test_data_set_1", "digits-cnn/test_data_set_2")
                .map(folder -> Path.of("src/test/models", folder));
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void rawContentsGiveTheGoldenOutputs(Path golden) throws Exception {
        String model = golden.getParent().getFileName().toString();

        ModelInferResponse response = stub().modelInfer(Infer.raw(model, GoldenFiles.read(golden, "input")));

        assertThat(response.getModelName()).isEqualTo(model);
        assertThat(response.getModelVersion()).isEqualTo("1");
        assertThat(response.getRawOutputContentsCount()).isEqualTo(response.getOutputsCount());
        assertThat(response.getOutputsList()).noneMatch(ModelInferResponse.InferOutputTensor::hasContents);
        assertClose(Infer.rawOutputs(response), GoldenFiles.read(golden, "output"));
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void contentsGiveTheSameAsRawContents(Path golden) throws Exception {
        String model = golden.getParent().getFileName().toString();
        List<Tensor> inputs = GoldenFiles.read(golden, "input");
        List<Tensor> expected = Infer.rawOutputs(stub().modelInfer(Infer.raw(model, inputs)));

        ModelInferResponse response = stub().modelInfer(Infer.contents(model, inputs));

        assertThat(response.getRawOutputContentsCount()).isZero();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(response.getOutputs(i).getName())
                    .isEqualTo(expected.get(i).name());
            assertThat(response.getOutputs(i).getContents()).isEqualTo(Infer.contents(expected.get(i)));
        }
    }

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void everyDatatypeComesBackRaw(Datatype datatype) {
        Tensor tensor = sample(datatype);

        ModelInferResponse response = stub().modelInfer(Infer.raw(identity(datatype), List.of(tensor)));

        assertThat(Tensors.bytes(Infer.rawOutputs(response).get(0))).isEqualTo(Tensors.bytes(tensor));
    }

    @ParameterizedTest
    @EnumSource(
            value = Datatype.class,
            mode = Mode.EXCLUDE,
            names = {"FP16", "BF16"})
    void everyDatatypeThatContentsHaveComesBackInThem(Datatype datatype) {
        Tensor tensor = sample(datatype);

        ModelInferResponse response = stub().modelInfer(Infer.contents(identity(datatype), List.of(tensor)));

        assertThat(response.getOutputs(0).getContents()).isEqualTo(Infer.contents(tensor));
    }

    @Test
    void theIdComesBackAndOnlyTheOutputsAskedForAreGiven() throws Exception {
        ModelInferRequest request =
                Infer.raw("add-sub", GoldenFiles.read(goldenCases().findFirst().orElseThrow(), "input")).toBuilder()
                        .setId("mine")
                        .setModelVersion("1")
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("OUTPUT1"))
                        .build();

        ModelInferResponse response = stub().modelInfer(request);

        assertThat(response.getId()).isEqualTo("mine");
        assertThat(response.getOutputsList())
                .extracting(ModelInferResponse.InferOutputTensor::getName)
                .containsExactly("OUTPUT1");
    }

    @Test
    void compressedRequestsAreAnsweredCompressed() {
        Tensor tensor = numbers(5000);

        ModelInferResponse response =
                stub().withCompression("gzip").modelInfer(Infer.raw("identity-fp32", List.of(tensor)));

        assertThat(Tensors.bytes(Infer.rawOutputs(response).get(0))).isEqualTo(Tensors.bytes(tensor));
    }

    @Test
    void aMessageOfMegabytesGoesBothWays() {
        Tensor tensor = numbers(1_500_000);

        ModelInferResponse response = stub().modelInfer(Infer.raw("identity-fp32", List.of(tensor)));

        assertThat(Tensors.bytes(Infer.rawOutputs(response).get(0))).isEqualTo(Tensors.bytes(tensor));
    }

    @Test
    void theSecondPortGivesTheSame() throws Exception {
        ManagedChannel second = GrpcServer.channel(server.http.ports().get(1));
        try {
            Tensor tensor = numbers(3);
            ModelInferResponse response = GRPCInferenceServiceGrpc.newBlockingStub(second)
                    .modelInfer(Infer.raw("identity-fp32", List.of(tensor)));
            assertThat(Tensors.bytes(Infer.rawOutputs(response).get(0))).isEqualTo(Tensors.bytes(tensor));
        } finally {
            second.shutdownNow();
        }
    }

    private static GRPCInferenceServiceBlockingStub stub() {
        return GRPCInferenceServiceGrpc.newBlockingStub(server.channel);
    }

    private static String identity(Datatype datatype) {
        return "identity-" + datatype.name().toLowerCase(Locale.ROOT);
    }

    private static Tensor numbers(int count) {
        float[] values = new float[count];
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return Tensors.fp32("x", new long[] {count}, values);
    }

    /** Three elements with their highest bit set, or near it. */
    private static Tensor sample(Datatype datatype) {
        if (datatype == Datatype.BYTES) {
            return Tensors.strings("x", new long[] {3}, "a", "", "Zürich");
        }
        byte[] bytes = new byte[3 * datatype.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = datatype == Datatype.BOOL ? (byte) (i & 1) : (byte) (0xF0 - 37 * i);
        }
        return new Tensor("x", datatype, new long[] {3}, ByteBuffer.wrap(bytes));
    }

    private static void assertClose(List<Tensor> found, List<Tensor> expected) {
        for (Tensor golden : expected) {
            Tensor output = found.stream()
                    .filter(tensor -> tensor.name().equals(golden.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(output.shape()).isEqualTo(golden.shape());
            if (golden.datatype() == Datatype.FP32) {
                ByteBuffer one = output.data().order(ByteOrder.LITTLE_ENDIAN);
                ByteBuffer other = golden.data().order(ByteOrder.LITTLE_ENDIAN);
                while (other.hasRemaining()) {
                    assertThat(one.getFloat()).isCloseTo(other.getFloat(), org.assertj.core.data.Offset.offset(1e-4f));
                }
            } else {
                assertThat(Tensors.bytes(output)).isEqualTo(Tensors.bytes(golden));
            }
        }
    }
}
