package io.github.mlmaven.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thread's runs of a model, as fast as they are known to go: native tensors are made once, over memory that every
 * run reads and writes again, so that a run copies and allocates nothing.
 */
final class BoundRun implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> bound = new LinkedHashMap<>();
    private final List<Tensor> outputs = new ArrayList<>();

    BoundRun(OrtEnvironment environment, OrtSession session, List<Tensor> inputs) throws OrtException {
        this.environment = environment;
        this.session = session;
        for (Tensor input : inputs) {
            this.inputs.put(input.name(), over(input));
        }
        bind();
    }

    /** Once without, to learn the outputs' shapes. */
    private void bind() throws OrtException {
        ReusedMemory memory = new ReusedMemory();
        try (OrtSession.Result result = session.run(inputs)) {
            for (Map.Entry<String, OnnxValue> entry : result) {
                OnnxTensor computed = (OnnxTensor) entry.getValue();
                ByteBuffer data = memory.allocate(computed.getByteBuffer().remaining());
                Tensor output = new Tensor(
                        entry.getKey(),
                        PlainModel.datatype(computed.getInfo().type),
                        computed.getInfo().getShape(),
                        data);
                outputs.add(output);
                bound.put(output.name(), over(output));
            }
        }
    }

    private OnnxTensor over(Tensor tensor) throws OrtException {
        return OnnxTensor.createTensor(environment, tensor.data(), tensor.shape(), PlainModel.type(tensor.datatype()));
    }

    /** From what the inputs hold to what the outputs hold then. */
    void run() throws OrtException {
        session.run(inputs, Set.of(), bound).close();
    }

    /** Views of the memory that each run writes. */
    List<Tensor> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        bound.values().forEach(OnnxTensor::close);
    }
}
