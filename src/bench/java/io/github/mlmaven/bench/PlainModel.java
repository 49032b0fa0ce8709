package io.github.mlmaven.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime as its documentation shows it: one session, tensors made for each call. */
final class PlainModel implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    PlainModel(Path onnx) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(onnx.toString(), options);
        }
    }

    static List<Tensor> once(Path onnx, List<Tensor> inputs) throws BenchException {
        try (PlainModel model = new PlainModel(onnx)) {
            return model.run(inputs);
        } catch (OrtException e) {
            throw new BenchException(onnx + ": " + e.getMessage());
        }
    }

    /** Tensors of the engine; the caller closes them. */
    Map<String, OnnxTensor> feed(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> feed = new HashMap<>();
        for (Tensor input : inputs) {
            ByteBuffer data = input.data();
            ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            direct.put(data).flip();
            feed.put(input.name(), OnnxTensor.createTensor(environment, direct, input.shape(), type(input.datatype())));
        }
        return feed;
    }

    /** Only the engine. */
    void run(Map<String, OnnxTensor> feed) throws OrtException {
        session.run(feed).close();
    }

    /** The engine with tensors in and out. */
    List<Tensor> run(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> feed = feed(inputs);
        try (OrtSession.Result result = session.run(feed)) {
            List<Tensor> outputs = new ArrayList<>();
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor tensor = (OnnxTensor) entry.getValue();
                outputs.add(new Tensor(
                        entry.getKey(),
                        datatype(tensor.getInfo().type),
                        tensor.getInfo().getShape(),
                        tensor.getByteBuffer()));
            }
            return outputs;
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    static OnnxJavaType type(Datatype datatype) {
        return switch (datatype) {
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case INT64 -> OnnxJavaType.INT64;
            default -> throw new IllegalArgumentException("no model of the benchmark takes " + datatype);
        };
    }

    static Datatype datatype(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> Datatype.FP32;
            case DOUBLE -> Datatype.FP64;
            case INT64 -> Datatype.INT64;
            default -> throw new IllegalArgumentException("no model of the benchmark computes " + type);
        };
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
