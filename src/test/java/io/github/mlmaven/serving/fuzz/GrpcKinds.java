package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static io.grpc.Status.Code.INTERNAL;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static io.grpc.Status.Code.UNIMPLEMENTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls whose frames, messages or protobuf are none; what is wrong with their tensors is {@link GrpcTensorKinds}'. */
final class GrpcKinds {

    private static final String NO_MESSAGE = "^the message is not a ModelInferRequest: .";

    private GrpcKinds() {}

    static List<Kind<WrongCall>> kinds() {
        List<Kind<WrongCall>> kinds = new ArrayList<>(frames());
        kinds.addAll(messages());
        return kinds;
    }

    private static List<Kind<WrongCall>> frames() {
        byte[] valid = valid().toByteArray();
        return List.of(
                Kind.each(
                        "a flag that is none",
                        List.of(2, 3, 127, 128, 255),
                        (dice, flag) -> WrongCall.data(
                                WrongCall.framed(flag, valid.length, valid),
                                INVALID_ARGUMENT,
                                "^a message begins with 0, or 1 when it is compressed; found " + flag + "$")),
                new Kind<>("a frame cut off", 20, (dice, turn) -> {
                    byte[] whole = WrongCall.framed(0, valid.length, valid);
                    return WrongCall.data(
                            Arrays.copyOf(whole, dice.between(1, whole.length - 1)),
                            INVALID_ARGUMENT,
                            "^the request ends within a message$");
                }),
                new Kind<>(
                        "a length longer than the message",
                        10,
                        (dice, turn) -> WrongCall.data(
                                WrongCall.framed(0, valid.length + dice.between(1, 10_000), valid),
                                INVALID_ARGUMENT,
                                "^the request ends within a message$")),
                Kind.each(
                        "a length longer than any message",
                        List.of(FuzzedServer.MAX_BODY + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE),
                        (dice, length) -> WrongCall.data(
                                WrongCall.framed(0, length, valid),
                                RESOURCE_EXHAUSTED,
                                "^the message is too large: expected at most " + FuzzedServer.MAX_BODY
                                        + " bytes, found " + Integer.toUnsignedString(length) + "$")),
                new Kind<>("a length shorter than the message", 10, (dice, turn) -> {
                    int length = dice.between(0, valid.length - 6);
                    // What follows is no message; its first byte is no flag, or its length is no length.
                    byte[] whole = WrongCall.framed(0, length, valid);
                    whole[5 + length] = (byte) 0xff;
                    return WrongCall.data(
                            whole,
                            INVALID_ARGUMENT,
                            "^a message begins with 0, or 1 when it is compressed; found 255$");
                }),
                new Kind<>(
                        "no message",
                        1,
                        (dice, turn) -> WrongCall.data(
                                new byte[0], UNIMPLEMENTED, "^the method takes one message, found none$")),
                new Kind<>("two messages", 1, (dice, turn) -> {
                    byte[] one = WrongCall.framed(0, valid.length, valid);
                    return WrongCall.data(
                            Post.joined(one, one), UNIMPLEMENTED, "^the method takes one message, found more$");
                }),
                // INTERNAL is what gRPC's text on compression has for this.
                new Kind<>(
                        "a compressed message without a name of its coding",
                        1,
                        (dice, turn) -> WrongCall.data(
                                WrongCall.framed(1, valid.length, valid),
                                INTERNAL,
                                "^a message is compressed, but the request names no grpc-encoding$")),
                Kind.each(
                        "an unknown coding of messages",
                        List.of("br", "deflate", "GZIP", "gzip,gzip", "snappy"),
                        (dice, coding) -> WrongCall.infer(
                                        valid,
                                        UNIMPLEMENTED,
                                        "^grpc-encoding: expected identity or gzip, found " + coding + "$")
                                .header("grpc-encoding", coding)),
                new Kind<>("a compressed message that is none", 20, (dice, turn) -> {
                    byte[] whole = ContentKinds.gzip("a".repeat(dice.between(1, 100)));
                    byte[] broken = Arrays.copyOf(whole, dice.below(whole.length));
                    return WrongCall.data(
                                    WrongCall.framed(1, broken.length, broken),
                                    INVALID_ARGUMENT,
                                    "^the message cannot be decompressed: Content-Encoding gzip: .")
                            .header("grpc-encoding", "gzip");
                }),
                new Kind<>("a bomb of gRPC", 1, (dice, turn) -> {
                    byte[] bomb = ContentKinds.gzip(" ".repeat(FuzzedServer.MAX_BODY + 1));
                    return WrongCall.data(
                                    WrongCall.framed(1, bomb.length, bomb),
                                    RESOURCE_EXHAUSTED,
                                    "^the message is too large: expected at most " + FuzzedServer.MAX_BODY
                                            + " bytes, found more$")
                            .header("grpc-encoding", "gzip");
                }),
                Kind.each(
                        "a timeout that is none",
                        List.of("1", "S", "-1S", "1.5S", "123456789S", "1s", "1 S", "S1"),
                        (dice, timeout) -> WrongCall.infer(
                                        valid,
                                        INVALID_ARGUMENT,
                                        "^"
                                                + exactly(
                                                        "grpc-timeout: expected 1 to 8 digits and one of H, M, S, m, u, n, found "
                                                                + timeout)
                                                + "$")
                                .header("grpc-timeout", timeout)),
                Kind.each(
                        "an unknown method",
                        List.of(
                                "/inference.GRPCInferenceService/modelInfer",
                                "/inference.GRPCInferenceService/",
                                "/a.B/C",
                                "/",
                                "/v2/models/add-sub/infer"),
                        (dice, path) -> WrongCall.infer(
                                        valid, UNIMPLEMENTED, "^" + exactly("no such method: " + path) + "$")
                                .header(":path", path)));
    }

    private static List<Kind<WrongCall>> messages() {
        byte[] valid = valid().toByteArray();
        return List.of(
                // Its last field are the elements: no part of it is whole, even where protobuf takes it.
                new Kind<>("protobuf cut off at every byte", valid.length, (dice, at) -> {
                    boolean named = at >= 2 + "identity-fp32".length();
                    boolean protobuf = isProtobuf(Arrays.copyOf(valid, at));
                    return WrongCall.infer(
                            Arrays.copyOf(valid, at),
                            protobuf && !named ? NOT_FOUND : INVALID_ARGUMENT,
                            protobuf
                                    ? "^unknown model : expected add-sub, .|^missing input x FP32\\[N\\]$|^input x: data holds 0"
                                            + " elements; expected 2 for shape \\[2\\]$|^input x has no|^raw_input_contents: "
                                    : NO_MESSAGE);
                }),
                new Kind<>("protobuf of noise", 30, (dice, turn) -> {
                    byte[] noise;
                    do {
                        noise = dice.bytes(dice.between(1, 100));
                        // A field that protobuf does not know, without an end.
                        noise[0] = (byte) (int) dice.oneOf(0x07, 0x0f, 0xff, 0x06, 0x00);
                    } while (isProtobuf(noise));
                    return WrongCall.infer(noise, INVALID_ARGUMENT, NO_MESSAGE);
                }),
                Kind.each("groups in groups", List.of(101, 1000, 20_000), (dice, depth) -> {
                    byte[] groups = new byte[depth];
                    Arrays.fill(groups, (byte) 0x0b);
                    return WrongCall.infer(groups, INVALID_ARGUMENT, NO_MESSAGE);
                }),
                Kind.each(
                        "a name that is not UTF-8",
                        List.of(1, 2, 3, 5),
                        (dice, field) -> WrongCall.infer(
                                Post.joined(new byte[] {(byte) (field << 3 | 2), 2, (byte) 0xc0, (byte) 0xaf}),
                                INVALID_ARGUMENT,
                                NO_MESSAGE)),
                Kind.each("a length of protobuf that lies", List.of(3, 127, 0x7fffffff, -1), (dice, length) -> {
                    ByteBuffer bytes = ByteBuffer.allocate(16).put((byte) 0x0a);
                    for (int rest = length; ; rest >>>= 7) {
                        if ((rest & ~0x7f) == 0) {
                            bytes.put((byte) rest);
                            break;
                        }
                        bytes.put((byte) (rest | 0x80));
                    }
                    return WrongCall.infer(
                            Post.joined(Arrays.copyOf(bytes.array(), bytes.position()), "ab".getBytes(UTF_8)),
                            INVALID_ARGUMENT,
                            NO_MESSAGE);
                }),
                Kind.each(
                        "an unknown model of gRPC",
                        List.of("", "nobody", "IDENTITY-FP32", "\u0000", "ä%€"),
                        (dice, model) -> call(
                                valid().toBuilder().setModelName(model),
                                NOT_FOUND,
                                "^" + exactly("unknown model " + model + ": expected add-sub, "))),
                Kind.each(
                        "an unknown version of gRPC",
                        List.of("2", "1.0", " "),
                        (dice, version) -> call(
                                valid().toBuilder().setModelVersion(version),
                                NOT_FOUND,
                                "^" + exactly("unknown version " + version + " of model identity-fp32: expected 1")
                                        + "$")));
    }

    static WrongCall call(ModelInferRequest.Builder request, Status.Code status, String message) {
        return WrongCall.infer(request.build().toByteArray(), status, message);
    }

    /** For the model that gives back two numbers. */
    private static ModelInferRequest valid() {
        return ModelInferRequest.newBuilder()
                .setModelName(Document.model(Datatype.FP32))
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(2))
                .addRawInputContents(ByteString.copyFrom(new byte[8]))
                .build();
    }

    private static boolean isProtobuf(byte[] message) {
        try {
            ModelInferRequest.parseFrom(message);
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
