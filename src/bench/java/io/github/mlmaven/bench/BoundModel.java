package io.github.mlmaven.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.engine.ServerSessions;
import java.nio.file.Path;
import java.util.List;

/** ONNX Runtime as the server uses it: sessions for threads, tensors bound to memory. */
final class BoundModel implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final ServerSessions sessions;

    BoundModel(Path onnx) throws OrtException {
        sessions = ServerSessions.load(environment, onnx);
    }

    /** For one thread; the inputs lie in direct memory and are read anew by each run. */
    BoundRun bind(List<Tensor> inputs) throws OrtException {
        return new BoundRun(environment, sessions.take(), inputs);
    }

    @Override
    public void close() throws OrtException {
        sessions.close();
    }
}
