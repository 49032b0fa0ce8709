package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse.InferOutputTensor;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written by hand is, byte by byte, what protobuf makes of the message. */
class ModelInferReplyTest {

    @ParameterizedTest
    @EnumSource
    void everyDatatypeRawAndInItsField(Datatype datatype) throws Exception {
        for (boolean raw : new boolean[] {true, false}) {
            check(reply("é", Optional.of("42"), tensor("y", datatype, 3, 1), tensor("z", datatype)), raw);
            check(reply("m", Optional.empty(), tensor("none", datatype, 0, 7)), raw);
            check(reply("m", Optional.of(""), tensor("long", datatype, 1, 300, 2)), raw);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noOutputs(boolean raw) throws Exception {
        check(reply("m", Optional.of("x".repeat(300))), raw);
    }

    private static void check(InferenceReply reply, boolean raw) throws Exception {
        ModelInferReply message = new ModelInferReply(reply, raw);
        byte[] written = new byte[message.size()];
        CodedOutputStream out = CodedOutputStream.newInstance(written);
        message.write(out);
        out.checkNoSpaceLeft();

        assertThat(written).isEqualTo(expected(reply, raw).toByteArray());
    }

    private static ModelInferResponse expected(InferenceReply reply, boolean raw) {
        boolean allRaw = raw
                || reply.outputs().stream()
                        .anyMatch(output -> output.datatype() == Datatype.FP16 || output.datatype() == Datatype.BF16);
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder().setModelName(reply.model()).setModelVersion(reply.version());
        reply.id().ifPresent(response::setId);
        for (Tensor output : reply.outputs()) {
            InferOutputTensor.Builder tensor = response.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name())
                    .addAllShape(Arrays.stream(output.shape()).boxed().toList());
            if (allRaw) {
                response.addRawOutputContents(ByteString.copyFrom(Tensors.bytes(output)));
            } else {
                tensor.setContents(Infer.contents(output));
            }
        }
        return response.build();
    }

    private static InferenceReply reply(String model, Optional<String> id, Tensor... outputs) {
        return new InferenceReply(model, "1", id, List.of(outputs));
    }

    /** Elements of any bits, small ones among them. */
    private static Tensor tensor(String name, Datatype datatype, long... shape) {
        int elements = (int) Tensor.elements(shape);
        Random random = new Random(elements);
        if (datatype == Datatype.BYTES) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < elements; i++) {
                texts.add("ü".repeat(random.nextInt(200)));
            }
            return Tensors.strings(name, shape, texts.toArray(String[]::new));
        }
        byte[] bytes = new byte[elements * datatype.size()];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (datatype == Datatype.BOOL) {
                bytes[i] &= 1;
            } else if (i / datatype.size() % 3 == 0 && i % datatype.size() > 0) {
                bytes[i] = 0;
            }
        }
        return new Tensor(name, datatype, shape, ByteBuffer.wrap(bytes));
    }
}
