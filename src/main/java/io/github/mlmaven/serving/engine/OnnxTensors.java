package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns tensors into ONNX Runtime's and back. */
final class OnnxTensors implements AutoCloseable {

    /** A thread keeps its buffer up to this size; larger inputs get one of their own. */
    private static final int MAX_KEPT = 1 << 20;

    /** Where a tensor may start, so that vector instructions load whole cache lines. */
    private static final int ALIGNMENT = 64;

    private final OrtEnvironment environment;
    private final Map<Datatype, UnsignedCast> casts;
    private final ThreadLocal<ByteBuffer> kept = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(4096));

    private OnnxTensors(OrtEnvironment environment, Map<Datatype, UnsignedCast> casts) {
        this.environment = environment;
        this.casts = casts;
    }

    static OnnxTensors forInputs(OrtEnvironment environment, SessionOptions options, List<TensorSpec> inputs)
            throws OrtException {
        Map<Datatype, UnsignedCast> casts = new EnumMap<>(Datatype.class);
        for (TensorSpec input : inputs) {
            Datatype datatype = input.datatype();
            if (UnsignedCast.isFor(datatype) && !casts.containsKey(datatype)) {
                casts.put(datatype, new UnsignedCast(environment, options, datatype));
            }
        }
        return new OnnxTensors(environment, casts);
    }

    /** Memory for the inputs of one run on this thread; valid until the thread's next batch. */
    Batch batch(List<Tensor> inputs) {
        long bytes = 0;
        for (Tensor input : inputs) {
            bytes += input.datatype() == Datatype.BYTES ? 0 : input.data().remaining() + (long) ALIGNMENT;
        }
        return new Batch(buffer(Math.toIntExact(bytes)));
    }

    private ByteBuffer buffer(int bytes) {
        ByteBuffer buffer = kept.get();
        if (bytes > buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(bytes);
            if (bytes <= MAX_KEPT) {
                kept.set(buffer);
            }
        }
        return buffer;
    }

    /** Copies an output out of native memory. */
    static Tensor read(String name, Datatype datatype, OnnxTensor tensor) throws OrtException {
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

    /** The Java type of the same width; unsigned ones come out signed, {@link UnsignedCast} corrects them. */
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

    /** Lays the inputs of one run one after another into native memory. */
    final class Batch {
        private final ByteBuffer memory;
        private int used;

        private Batch(ByteBuffer memory) {
            this.memory = memory;
        }

        /** The caller closes what it gets. */
        OnnxTensor create(Tensor tensor) throws OrtException, EngineException {
            if (tensor.datatype() == Datatype.BYTES) {
                return OnnxStrings.create(environment, tensor);
            }
            ByteBuffer source = tensor.data();
            ByteBuffer slice = memory.slice(used, source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            used += (source.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            slice.put(source).flip();
            OnnxTensor created =
                    OnnxTensor.createTensor(environment, slice, tensor.shape(), javaType(tensor.datatype()));
            UnsignedCast cast = casts.get(tensor.datatype());
            return cast == null ? created : cast.apply(created);
        }
    }
}
