package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes ONNX Runtime's tensors, and copies those that it made itself. */
final class OnnxTensors implements AutoCloseable {

    private final OrtEnvironment environment;
    private final Map<Datatype, UnsignedCast> casts = new EnumMap<>(Datatype.class);

    /** For the datatypes of this contract. */
    OnnxTensors(OrtEnvironment environment, Contract contract) throws OrtException {
        this.environment = environment;
        List<Datatype> datatypes = Stream.concat(contract.inputs().stream(), contract.outputs().stream())
                .map(TensorSpec::datatype)
                .filter(UnsignedCast::isFor)
                .distinct()
                .toList();
        for (Datatype datatype : datatypes) {
            casts.put(datatype, new UnsignedCast(environment, datatype));
        }
    }

    /** A tensor over this direct memory; of an unsigned datatype that needs a cast, the signed one. */
    OnnxTensor over(ByteBuffer memory, Datatype datatype, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, memory, shape, javaType(datatype));
    }

    /** The concatenation of BYTES tensors. */
    OnnxTensor strings(long[] shape, Tensor[] parts) throws OrtException, EngineException {
        return OnnxStrings.create(environment, shape, parts);
    }

    /** For a datatype that needs one. */
    UnsignedCast cast(Datatype datatype) {
        return Objects.requireNonNull(casts.get(datatype));
    }

    /** Copies an output out of native memory. */
    static Tensor copy(String name, Datatype datatype, OnnxTensor tensor) throws OrtException {
        long[] shape = tensor.getInfo().getShape();
        if (datatype == Datatype.BYTES) {
            return new Tensor(name, datatype, shape, OnnxStrings.read(tensor));
        }
        ByteBuffer data = Tensor.elements(shape) == 0 ? ByteBuffer.allocate(0) : tensor.getByteBuffer();
        return new Tensor(name, datatype, shape, data);
    }

    @Override
    public void close() throws OrtException {
        for (UnsignedCast cast : casts.values()) {
            cast.close();
        }
    }

    /** The datatype on the wire; empty for what no protocol carries. */
    static Optional<Datatype> datatype(OnnxTensorType type) {
        return Optional.ofNullable(
                switch (type) {
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Datatype.BOOL;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Datatype.INT8;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Datatype.INT16;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Datatype.INT32;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Datatype.INT64;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Datatype.UINT8;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Datatype.UINT16;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Datatype.UINT32;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> Datatype.UINT64;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Datatype.FP16;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Datatype.BF16;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Datatype.FP32;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Datatype.FP64;
                    case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Datatype.BYTES;
                    default -> null;
                });
    }

    /** The Java type of the same width; {@link UnsignedCast} is for those that come out signed. */
    private static OnnxJavaType javaType(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> OnnxJavaType.BOOL;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16, UINT16 -> OnnxJavaType.INT16;
            case INT32, UINT32 -> OnnxJavaType.INT32;
            case INT64, UINT64 -> OnnxJavaType.INT64;
            case FP16 -> OnnxJavaType.FLOAT16;
            case BF16 -> OnnxJavaType.BFLOAT16;
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case BYTES -> OnnxJavaType.STRING;
        };
    }
}
