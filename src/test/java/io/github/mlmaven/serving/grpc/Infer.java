package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests and replies as a client makes and reads them. */
public final class Infer {

    private Infer() {}

    /** A request with raw contents. */
    public static ModelInferRequest raw(String model, List<Tensor> inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        for (Tensor input : inputs) {
            request.addInputs(head(input)).addRawInputContents(ByteString.copyFrom(Tensors.bytes(input)));
        }
        return request.build();
    }

    static ModelInferRequest contents(String model, List<Tensor> inputs) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
        for (Tensor input : inputs) {
            request.addInputs(head(input).setContents(contents(input)));
        }
        return request.build();
    }

    private static InferInputTensor.Builder head(Tensor input) {
        return InferInputTensor.newBuilder()
                .setName(input.name())
                .setDatatype(input.datatype().name())
                .addAllShape(Arrays.stream(input.shape()).boxed().toList());
    }

    static InferTensorContents contents(Tensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        ByteBuffer data = tensor.data();
        while (data.hasRemaining()) {
            switch (tensor.datatype()) {
                case BOOL -> contents.addBoolContents(data.get() != 0);
                case INT8 -> contents.addIntContents(data.get());
                case INT16 -> contents.addIntContents(data.getShort());
                case INT32 -> contents.addIntContents(data.getInt());
                case INT64 -> contents.addInt64Contents(data.getLong());
                case UINT8 -> contents.addUintContents(data.get() & 0xFF);
                case UINT16 -> contents.addUintContents(data.getShort() & 0xFFFF);
                case UINT32 -> contents.addUintContents(data.getInt());
                case UINT64 -> contents.addUint64Contents(data.getLong());
                case FP32 -> contents.addFp32Contents(data.getFloat());
                case FP64 -> contents.addFp64Contents(data.getDouble());
                case BYTES -> {
                    byte[] bytes = new byte[data.getInt()];
                    data.get(bytes);
                    contents.addBytesContents(ByteString.copyFrom(bytes));
                }
                default -> throw new IllegalArgumentException(tensor.datatype().name());
            }
        }
        return contents.build();
    }

    /** The outputs of a reply with raw contents. */
    public static List<Tensor> rawOutputs(ModelInferResponse response) {
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < response.getOutputsCount(); i++) {
            ModelInferResponse.InferOutputTensor output = response.getOutputs(i);
            outputs.add(new Tensor(
                    output.getName(),
                    Datatype.valueOf(output.getDatatype()),
                    output.getShapeList().stream().mapToLong(Long::longValue).toArray(),
                    response.getRawOutputContents(i).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)));
        }
        return outputs;
    }
}
