package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static io.grpc.Status.Code.INVALID_ARGUMENT;

import com.google.protobuf.ByteString;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferRequestedOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Calls of ModelInfer whose tensors are none, or not the model's. */
final class GrpcTensorKinds {

    private static final List<Datatype> WIDE = Arrays.stream(Datatype.values())
            .filter(datatype -> datatype != Datatype.BYTES && datatype.size() > 1)
            .toList();

    private GrpcTensorKinds() {}

    static List<Kind<WrongCall>> kinds() {
        return List.of(
                new Kind<>("raw contents of another length", 30, (dice, turn) -> {
                    Datatype datatype = dice.oneOf(WIDE);
                    int n = dice.between(1, 5);
                    int bytes = n * datatype.size() + dice.oneOf(-1, 1, datatype.size(), -datatype.size());
                    return raw(datatype, bytes, n)
                            .wrong("^"
                                    + exactly("input x: expected " + n + " elements of " + datatype.size()
                                            + " bytes for " + datatype + "[" + n + "], found " + bytes + " bytes")
                                    + "$");
                }),
                new Kind<>("raw strings longer than what follows", 20, (dice, turn) -> {
                    int follow = dice.below(20);
                    int length = dice.oneOf(follow + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE);
                    return strings(length, follow)
                            .wrong("^input x: element 0 of BYTES: its length is " + Integer.toUnsignedString(length)
                                    + ", but only " + follow + " bytes follow$");
                }),
                new Kind<>(
                        "raw strings cut off",
                        3,
                        (dice, turn) -> raw(Datatype.BYTES, turn + 1, 1)
                                .wrong("^input x: element 0 of BYTES: expected a length of 4 bytes, found " + (turn + 1)
                                        + "$")),
                Kind.each(
                        "negative dimensions",
                        List.of(-1L, -2L, Long.MIN_VALUE),
                        (dice, dimension) -> raw(dice.oneOf(Datatype.values()), 4, dimension)
                                .wrong("^input x: shape: expected whole numbers of 0 or more, found " + dimension
                                        + "$")),
                Kind.each(
                        "huge dimensions of gRPC",
                        List.of(1L << 32, 1L << 62, Long.MAX_VALUE),
                        (dice, dimension) -> raw(dice.oneOf(WIDE), 8, dimension)
                                .wrong("^input x: expected " + dimension
                                        + " elements of \\d bytes for .*, found 8 bytes$")),
                new Kind<>(
                        "more elements of gRPC than a number counts",
                        4,
                        (dice, turn) -> raw(dice.oneOf(Datatype.values()), 8, 1L << 62, 4)
                                .wrong("^" + exactly("input x: shape [4611686018427387904,4] has too many elements")
                                        + "$")),
                Kind.each(
                        "too many dimensions of gRPC",
                        List.of(65, 1000),
                        (dice, rank) -> raw(
                                        Datatype.FP32,
                                        4,
                                        Collections.nCopies(rank, 1L).stream()
                                                .mapToLong(one -> one)
                                                .toArray())
                                .wrong("^input x: shape: expected at most 64 dimensions$")),
                Kind.each(
                        "an unknown datatype of gRPC",
                        List.of("FLOAT", "fp32", "TYPE_FP32", "\u0000"),
                        (dice, datatype) -> raw(Datatype.FP32, 4, 1)
                                .input(input -> input.setDatatype(datatype))
                                .wrong("^input x: datatype: expected one of .*, found \"" + exactly(datatype) + "\"$")),
                new Kind<>(
                        "no datatype",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .input(InferInputTensor.Builder::clearDatatype)
                                .wrong("^input x has no datatype$")),
                new Kind<>(
                        "no name",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .input(InferInputTensor.Builder::clearName)
                                .wrong("^" + exactly("inputs[0] has no name") + "$")),
                new Kind<>("no truth value of gRPC", 8, (dice, turn) -> {
                    int value = dice.between(2, 255);
                    return new Call(Datatype.BOOL, ByteString.copyFrom(new byte[] {1, (byte) value}), 2)
                            .wrong("^input x: element 1 of BOOL: expected a byte 0 or 1, found " + value + "$");
                }),
                new Kind<>(
                        "another number of raw contents",
                        2,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .request(request -> request.addRawInputContents(ByteString.EMPTY))
                                .wrong("^raw_input_contents: expected one for each of the 1 inputs, found 2$")),
                new Kind<>(
                        "contents and raw contents",
                        2,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .input(input -> input.setContents(
                                        InferTensorContents.newBuilder().addFp32Contents(1)))
                                .wrong(
                                        "^input x has contents, and the request has raw_input_contents: expected one or the other$")),
                Kind.each(
                        "contents of another datatype",
                        WIDE,
                        (dice, datatype) -> raw(datatype, 0, 1)
                                .request(ModelInferRequest.Builder::clearRawInputContents)
                                .input(input -> input.setContents(
                                        InferTensorContents.newBuilder().addBoolContents(true)))
                                .wrong("^input x: (expected \\w+_contents for " + datatype + ", found bool_contents"
                                        + "|contents has no field for " + datatype
                                        + ": expected raw_input_contents)$")),
                Kind.each(
                        "contents beyond the datatype",
                        List.of(Datatype.INT8, Datatype.INT16),
                        (dice, datatype) -> raw(datatype, 0, 1)
                                .request(ModelInferRequest.Builder::clearRawInputContents)
                                .input(input -> input.setContents(
                                        InferTensorContents.newBuilder().addIntContents(40_000)))
                                .wrong("^"
                                        + exactly("input x: element 0 of " + datatype + ": expected "
                                                + Values.range(datatype) + ", found 40000")
                                        + "$")),
                Kind.each(
                        "unsigned contents beyond the datatype",
                        List.of(Datatype.UINT8, Datatype.UINT16),
                        (dice, datatype) -> raw(datatype, 0, 1)
                                .request(ModelInferRequest.Builder::clearRawInputContents)
                                .input(input -> input.setContents(
                                        InferTensorContents.newBuilder().addUintContents(-1)))
                                .wrong("^"
                                        + exactly("input x: element 0 of " + datatype + ": expected "
                                                + Values.range(datatype) + ", found 4294967295")
                                        + "$")),
                new Kind<>(
                        "another number of contents",
                        5,
                        (dice, turn) -> raw(Datatype.INT64, 0, 3)
                                .request(ModelInferRequest.Builder::clearRawInputContents)
                                .input(input -> input.setContents(InferTensorContents.newBuilder()
                                        .addAllInt64Contents(Collections.nCopies(turn + 4, 1L))))
                                .wrong("^"
                                        + exactly("input x: data holds " + (turn + 4)
                                                + " elements; expected 3 for shape [3]")
                                        + "$")),
                Kind.each(
                        "another datatype than the model's",
                        WIDE,
                        (dice, datatype) -> raw(datatype, datatype.size(), 1)
                                .request(request -> request.setModelName("identity-bool"))
                                .wrong("^input x: expected datatype BOOL, found " + datatype + "$")),
                new Kind<>(
                        "another rank than the model's",
                        2,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1, 1)
                                .wrong("^" + exactly("input x: expected shape [N], found [1,1]") + "$")),
                new Kind<>(
                        "an input of gRPC twice",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .request(request -> request.addInputs(request.getInputs(0))
                                        .addRawInputContents(request.getRawInputContents(0)))
                                .wrong("^input x is given twice$")),
                new Kind<>(
                        "too many inputs of gRPC",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .request(request -> request.addAllInputs(
                                        Collections.nCopies(1 << 14, InferInputTensor.getDefaultInstance())))
                                .wrong("^inputs: expected at most 16384$")),
                new Kind<>(
                        "an unknown output of gRPC",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .request(request -> request.addOutputs(
                                        InferRequestedOutputTensor.newBuilder().setName("z")))
                                .wrong("^unknown output z: expected y$")),
                new Kind<>(
                        "an output of gRPC without a name",
                        1,
                        (dice, turn) -> raw(Datatype.FP32, 4, 1)
                                .request(request -> request.addOutputs(InferRequestedOutputTensor.getDefaultInstance()))
                                .wrong("^" + exactly("outputs[0] has no name") + "$")));
    }

    private static Call raw(Datatype datatype, int bytes, long... shape) {
        return new Call(datatype, ByteString.copyFrom(new byte[bytes]), shape);
    }

    private static Call strings(int length, int follow) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + follow)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
        return new Call(Datatype.BYTES, ByteString.copyFrom(bytes), 1);
    }

    private interface Change<T> {

        void to(T builder);
    }

    /** A call that is valid as far as its arguments are. */
    private static final class Call {

        private final ModelInferRequest.Builder request;

        Call(Datatype datatype, ByteString raw, long... shape) {
            InferInputTensor.Builder input =
                    InferInputTensor.newBuilder().setName("x").setDatatype(datatype.name());
            Arrays.stream(shape).forEach(input::addShape);
            request = ModelInferRequest.newBuilder()
                    .setModelName(Document.model(datatype))
                    .addInputs(input)
                    .addRawInputContents(raw);
        }

        Call request(Change<ModelInferRequest.Builder> change) {
            change.to(request);
            return this;
        }

        Call input(Change<InferInputTensor.Builder> change) {
            change.to(request.getInputsBuilder(0));
            return this;
        }

        WrongCall wrong(String message) {
            return GrpcKinds.call(request, INVALID_ARGUMENT, message);
        }
    }
}
