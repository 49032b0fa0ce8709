package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferRequestedOutputTensor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of ModelInfer that are wrong: each is INVALID_ARGUMENT with what, where, expected and found. */
@Timeout(60)
class InvalidInferTest {

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

    static Stream<Arguments> invalid() {
        return Stream.of(
                of("input x: expected 2 elements of 4 bytes for FP32[2], found 7 bytes", raw("FP32", 7, 2)),
                of("input x: expected 2 elements of 4 bytes for FP32[2], found 12 bytes", raw("FP32", 12, 2)),
                of("input x: shape: expected whole numbers of 0 or more, found -2", raw("FP32", 4, -2)),
                of("input x: shape [4611686018427387904,4] has too many elements", raw("FP32", 4, 1L << 62, 4)),
                of("input x: shape: expected at most 64 dimensions", raw("FP32", 4, new long[65])),
                of(
                        "input x: datatype: expected one of [BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32,"
                                + " UINT64, FP16, BF16, FP32, FP64, BYTES], found \"FLOAT\"",
                        raw("FLOAT", 4, 1)),
                of("input x has no datatype", raw("", 4, 1)),
                of(
                        "input x: element 0 of BYTES: its length is 99, but only 1 bytes follow",
                        with("BYTES", ByteString.copyFrom(new byte[] {99, 0, 0, 0, 1}), 1)),
                of(
                        "input x: element 0 of BYTES: expected a length of 4 bytes, found 2",
                        with("BYTES", ByteString.copyFrom(new byte[2]), 1)),
                of(
                        "input x: element 1 of BOOL: expected a byte 0 or 1, found 2",
                        with("BOOL", ByteString.copyFrom(new byte[] {1, 2}), 2)),
                of("input x: expected datatype FP32, found INT8", raw("INT8", 2, 2)),
                of("input x: expected shape [N], found [1,1]", raw("FP32", 4, 1, 1)),
                of("missing input x FP32[N]", request -> request),
                of(
                        "raw_input_contents: expected one for each of the 1 inputs, found 2",
                        request -> raw("FP32", 4, 1).apply(request).addRawInputContents(ByteString.EMPTY)),
                of(
                        "raw_input_contents: expected one for each of the 2 inputs, found 1",
                        request -> raw("FP32", 4, 1).apply(request).addInputs(input("FP32", 1))),
                of(
                        "input x is given twice",
                        request -> raw("FP32", 4, 1).apply(raw("FP32", 4, 1).apply(request))),
                of("inputs[0] has no name", request -> request.addInputs(InferInputTensor.getDefaultInstance())),
                of(
                        "outputs[0] has no name",
                        request -> raw("FP32", 4, 1)
                                .apply(request)
                                .addOutputs(InferRequestedOutputTensor.getDefaultInstance())),
                of(
                        "unknown output z: expected y",
                        request -> raw("FP32", 4, 1)
                                .apply(request)
                                .addOutputs(
                                        InferRequestedOutputTensor.newBuilder().setName("z"))),
                of(
                        "input x has contents, and the request has raw_input_contents: expected one or the other",
                        request -> request.addInputs(input("FP32", 1)
                                        .setContents(
                                                InferTensorContents.newBuilder().addFp32Contents(1)))
                                .addRawInputContents(ByteString.copyFrom(new byte[4]))),
                of(
                        "input x: expected 2 elements of 4 bytes for FP32[2], found 4 bytes",
                        contents("FP32", InferTensorContents.newBuilder().addFp32Contents(1), 2)),
                of(
                        "input x: data holds 0 elements; expected 1 for shape [1]",
                        request -> request.addInputs(input("FP32", 1))),
                of(
                        "input x: expected fp32_contents for FP32, found fp64_contents",
                        contents("FP32", InferTensorContents.newBuilder().addFp64Contents(1), 1)),
                of(
                        "input x: element 1 of INT8: expected a whole number from -128 to 127, found 128",
                        contents(
                                "INT8",
                                InferTensorContents.newBuilder()
                                        .addIntContents(-128)
                                        .addIntContents(128),
                                2)),
                of(
                        "input x: element 0 of UINT16: expected a whole number from 0 to 65535, found 65536",
                        contents("UINT16", InferTensorContents.newBuilder().addUintContents(65536), 1)),
                of(
                        "input x: contents has no field for FP16: expected raw_input_contents",
                        contents("FP16", InferTensorContents.newBuilder().addFp32Contents(1), 1)),
                of(
                        "input x: data holds 2 elements; expected 3 for shape [3]",
                        contents(
                                "BYTES",
                                InferTensorContents.newBuilder()
                                        .addBytesContents(ByteString.EMPTY)
                                        .addBytesContents(ByteString.EMPTY),
                                3)));
    }

    @ParameterizedTest
    @MethodSource
    void invalid(String expected, UnaryOperator<ModelInferRequest.Builder> request) {
        StatusRuntimeException refused =
                refused(request.apply(ModelInferRequest.newBuilder().setModelName("identity-fp32"))
                        .build());

        assertThat(refused.getStatus().getDescription()).isEqualTo(expected);
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void whatOnlyTheEngineCanTellIsInvalidToo() {
        StatusRuntimeException refused = refused(ModelInferRequest.newBuilder()
                .setModelName("gather")
                .addInputs(input("INT64", 1)
                        .setContents(InferTensorContents.newBuilder().addInt64Contents(9)))
                .build());

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getStatus().getDescription()).startsWith("the model cannot compute this request: ");
    }

    @Test
    void anInputThatNamesManyTensorsIsBounded() {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("identity-fp32");
        for (int i = 0; i <= 1 << 14; i++) {
            request.addInputs(InferInputTensor.getDefaultInstance());
        }

        assertThat(refused(request.build()).getStatus().getDescription()).isEqualTo("inputs: expected at most 16384");
    }

    private static StatusRuntimeException refused(ModelInferRequest request) {
        return catchThrowableOfType(
                StatusRuntimeException.class,
                () -> GRPCInferenceServiceGrpc.newBlockingStub(server.channel).modelInfer(request));
    }

    private static Arguments of(String expected, UnaryOperator<ModelInferRequest.Builder> request) {
        return Arguments.of(expected, request);
    }

    private static UnaryOperator<ModelInferRequest.Builder> raw(String datatype, int bytes, long... shape) {
        return with(datatype, ByteString.copyFrom(new byte[bytes]), shape);
    }

    private static UnaryOperator<ModelInferRequest.Builder> with(String datatype, ByteString raw, long... shape) {
        return request -> request.addInputs(input(datatype, shape)).addRawInputContents(raw);
    }

    private static UnaryOperator<ModelInferRequest.Builder> contents(
            String datatype, InferTensorContents.Builder contents, long... shape) {
        return request -> request.addInputs(input(datatype, shape).setContents(contents));
    }

    private static InferInputTensor.Builder input(String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("x").setDatatype(datatype);
        for (long dimension : shape) {
            input.addShape(dimension);
        }
        return input;
    }
}
