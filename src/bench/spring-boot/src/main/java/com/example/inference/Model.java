package com.example.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import jakarta.annotation.PreDestroy;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

@Service
class Model {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Model(@Value("${model.path}") String path) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // As for every peer: the parallelism comes from the requests.
            options.setIntraOpNumThreads(1);
            session = environment.createSession(path, options);
        }
    }

    List<Output> run(List<Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Tensor input : inputs) {
                tensors.put(input.name(), tensor(input));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                List<Output> outputs = new ArrayList<>();
                for (Map.Entry<String, OnnxValue> entry : result) {
                    outputs.add(output(entry.getKey(), (OnnxTensor) entry.getValue()));
                }
                return outputs;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(Tensor input) throws OrtException {
        double[] data = input.data();
        return switch (input.datatype()) {
            case "FP32" -> {
                float[] floats = new float[data.length];
                for (int i = 0; i < data.length; i++) {
                    floats[i] = (float) data[i];
                }
                yield OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), input.shape());
            }
            case "FP64" -> OnnxTensor.createTensor(environment, DoubleBuffer.wrap(data), input.shape());
            case "INT64" -> {
                long[] longs = new long[data.length];
                for (int i = 0; i < data.length; i++) {
                    longs[i] = (long) data[i];
                }
                yield OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), input.shape());
            }
            default -> throw new IllegalArgumentException("datatype " + input.datatype());
        };
    }

    private static Output output(String name, OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        return switch (tensor.getInfo().type) {
            case FLOAT -> new Output(name, shape, "FP32", tensor.getFloatBuffer().array());
            case DOUBLE -> new Output(name, shape, "FP64", tensor.getDoubleBuffer().array());
            case INT64 -> new Output(name, shape, "INT64", tensor.getLongBuffer().array());
            default -> throw new IllegalArgumentException("type " + tensor.getInfo().type);
        };
    }

    @PreDestroy
    void close() throws OrtException {
        session.close();
    }
}
