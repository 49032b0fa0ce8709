package io.github.mlmaven.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.serving.engine.ServerSessions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** ONNX Runtime without a server around it. */
final class PlainModel implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final ServerSessions sessions;

    PlainModel(Path onnx) throws OrtException {
        sessions = ServerSessions.load(environment, onnx);
    }

    static List<Tensor> once(Path onnx, List<Tensor> inputs) throws BenchException {
        ElementMemory memory = new ReusedMemory();
        List<Tensor> direct = inputs.stream().map(input -> copy(input, memory)).toList();
        try (PlainModel model = new PlainModel(onnx);
                BoundRun run = model.bind(direct)) {
            run.run();
            return run.outputs();
        } catch (OrtException e) {
            throw new BenchException(onnx + ": " + e.getMessage());
        }
    }

    /** For one thread; the inputs lie in direct memory and are read anew by each run. */
    BoundRun bind(List<Tensor> inputs) throws OrtException {
        return new BoundRun(environment, sessions.take(), inputs);
    }

    private static Tensor copy(Tensor tensor, ElementMemory memory) {
        ByteBuffer data = memory.allocate(tensor.bytes()).put(tensor.data()).flip();
        return new Tensor(tensor.name(), tensor.datatype(), tensor.shape(), data);
    }

    @Override
    public void close() throws OrtException {
        sessions.close();
    }
}
