package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse.InferOutputTensor;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.nio.ByteBuffer;

/** Makes a ModelInferResponse of a reply. */
final class ModelInferWriter {

    private ModelInferWriter() {}

    /**
     * Makes it.
     *
     * @param reply its tensors are referred to when raw
     * @param raw whether the request was; when one output has no other form, all are raw
     * @throws GrpcException when it would be larger than a message can be
     */
    static ModelInferResponse write(InferenceReply reply, boolean raw) throws GrpcException {
        boolean allRaw = raw
                || reply.outputs().stream()
                        .anyMatch(output -> ContentsField.of(output.datatype()).isEmpty());
        ReplySize.check(reply, allRaw);
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder().setModelName(reply.model()).setModelVersion(reply.version());
        reply.id().ifPresent(response::setId);
        for (Tensor output : reply.outputs()) {
            InferOutputTensor.Builder tensor = response.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name());
            for (long dimension : output.shape()) {
                tensor.addShape(dimension);
            }
            if (allRaw) {
                response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(output.data()));
            } else {
                tensor.setContents(contents(output.datatype(), output.data()));
            }
        }
        return response.build();
    }

    private static InferTensorContents contents(Datatype datatype, ByteBuffer data) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        while (data.hasRemaining()) {
            switch (datatype) {
                case BOOL -> contents.addBoolContents(data.get() != 0);
                case INT8 -> contents.addIntContents(data.get());
                case INT16 -> contents.addIntContents(data.getShort());
                case INT32 -> contents.addIntContents(data.getInt());
                case INT64 -> contents.addInt64Contents(data.getLong());
                case UINT8 -> contents.addUintContents(Byte.toUnsignedInt(data.get()));
                case UINT16 -> contents.addUintContents(Short.toUnsignedInt(data.getShort()));
                case UINT32 -> contents.addUintContents(data.getInt());
                case UINT64 -> contents.addUint64Contents(data.getLong());
                case FP32 -> contents.addFp32Contents(data.getFloat());
                case FP64 -> contents.addFp64Contents(data.getDouble());
                case BYTES -> contents.addBytesContents(string(data));
                case FP16, BF16 -> throw new IllegalStateException("no field for " + datatype);
            }
        }
        return contents.build();
    }

    private static ByteString string(ByteBuffer data) {
        int length = data.getInt();
        ByteString bytes = ByteString.copyFrom(data.slice(data.position(), length));
        data.position(data.position() + length);
        return bytes;
    }
}
