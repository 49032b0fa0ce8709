package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ServerLiveRequest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The model has run, and its reply cannot be made: the client is told all the same. */
@Timeout(60)
class FailedReplyTest {

    private static final List<Tensor> ONE = List.of(Tensors.fp32("x", new long[] {1}, 1));

    @TempDir
    Path folder;

    @Test
    void aReplyThatCannotBeWrittenIsAnInternalError() throws Exception {
        // Its first element is said to have more bytes than there are.
        Tensor broken =
                new Tensor("y", Datatype.BYTES, new long[] {1}, ByteBuffer.wrap(new byte[] {100, 0, 0, 0, 1, 2}));
        ScriptedModel model = new ScriptedModel(inputs -> List.of(broken), Datatype.BYTES, "y");
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, "m", model)) {
            assertThatThrownBy(() -> stub(server).modelInfer(Infer.contents("m", ONE)))
                    .hasMessage("INTERNAL: internal error");
            assertThat(stub(server)
                            .serverLive(ServerLiveRequest.getDefaultInstance())
                            .getLive())
                    .isTrue();
        }
    }

    @Test
    void aReplyThatIsLargerThanAMessageCanBeIsRefused() throws Exception {
        Path sparse = folder.resolve("zeros");
        int elements = 300_000_000;
        ByteBuffer zeros;
        try (FileChannel file = FileChannel.open(
                sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), 4L * elements - 1);
            zeros = file.map(FileChannel.MapMode.READ_ONLY, 0, 4L * elements);
        }
        ScriptedModel model = new ScriptedModel(
                inputs -> List.of(
                        new Tensor("y", Datatype.FP32, new long[] {elements}, zeros),
                        new Tensor("z", Datatype.FP32, new long[] {elements}, zeros)),
                Datatype.FP32,
                "y",
                "z");
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, "m", model)) {
            for (ModelInferRequest request : List.of(Infer.raw("m", ONE), Infer.contents("m", ONE))) {
                assertThatThrownBy(() -> stub(server).modelInfer(request))
                        .hasMessage("RESOURCE_EXHAUSTED: the reply is too large: expected at most 2147483634 bytes,"
                                + " found about 2400000154; ask for fewer rows or outputs");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Datatype.class,
            mode = Mode.EXCLUDE,
            names = {"FP16", "BF16"})
    void theSizeIsWhatProtobufMakes(Datatype datatype) {
        Tensor tensor = datatype == Datatype.BYTES
                ? Tensors.strings("y", new long[] {3}, "", "a", "b".repeat(200))
                : new Tensor("y", datatype, new long[] {3}, bits(datatype));
        InferTensorContents contents = Infer.contents(tensor);

        long size = ReplySize.contents(datatype, tensor.data());

        // Numbers are packed: a tag and a length of a byte each.
        int head = datatype == Datatype.BYTES ? 0 : 2;
        assertThat(size).isEqualTo(contents.getSerializedSize() - head);
    }

    /** Elements small, large and negative. */
    private static ByteBuffer bits(Datatype datatype) {
        byte[] bytes = new byte[3 * datatype.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = datatype == Datatype.BOOL ? (byte) (i & 1) : (byte) (0xF0 - 37 * i);
        }
        java.util.Arrays.fill(bytes, 0, datatype.size(), (byte) 0);
        return ByteBuffer.wrap(bytes);
    }

    private static GRPCInferenceServiceBlockingStub stub(GrpcServer server) {
        return GRPCInferenceServiceGrpc.newBlockingStub(server.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }
}
