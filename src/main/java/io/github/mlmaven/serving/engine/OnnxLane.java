package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thread's way through a model: memory that its runs use again, and the native tensors over it. It keeps at most 32
 * MiB and 128 sets of shapes; a larger run gets memory of its own.
 */
final class OnnxLane implements AutoCloseable {

    private static final int MIN_KEPT = 4 << 10;
    private static final int MAX_KEPT = 32 << 20;
    private static final int MAX_BINDINGS = 128;

    private final Thread thread = Thread.currentThread();
    private final OnnxSessions sessions;
    private final OrtSession session;
    private final Contract contract;
    private final OnnxTensors tensors;
    private final Map<BindingKey, OnnxBinding> bindings = new LinkedHashMap<>(16, 0.75f, true);
    private ByteBuffer kept = ByteBuffer.allocateDirect(0);
    private boolean shapesDependOnData;

    /** For the calling thread. */
    OnnxLane(OnnxSessions sessions, Contract contract, OnnxTensors tensors) {
        this.sessions = sessions;
        this.session = sessions.take();
        this.contract = contract;
        this.tensors = tensors;
    }

    /** Frees what an ended thread leaves behind. */
    boolean closeIfThreadEnded() {
        if (thread.isAlive()) {
            return false;
        }
        close();
        sessions.giveBack(session);
        return true;
    }

    /** The merged outputs, most of them views of memory that the next run uses again. */
    List<Tensor> run(MergedInputs merged, List<String> outputs) throws OrtException, EngineException {
        BindingKey key = new BindingKey(merged, outputs);
        OnnxBinding binding = bindings.get(key);
        if (binding == null) {
            return runFirst(key, merged, outputs);
        }
        try {
            return binding.run(session, merged);
        } catch (OrtException e) {
            if (!binding.bindsOutputs()) {
                throw e;
            }
            // When the inputs are at fault, this fails too; otherwise an output had another shape than the time before.
            List<Tensor> computed = runUnbound(merged, outputs);
            shapesDependOnData = true;
            unbind();
            return computed;
        }
    }

    private List<Tensor> runFirst(BindingKey key, MergedInputs merged, List<String> outputs)
            throws OrtException, EngineException {
        if (shapesDependOnData) {
            return runUnbound(merged, outputs);
        }
        Optional<OutputShapes> expected = OutputShapes.expected(contract, merged, outputs);
        if (expected.isPresent()) {
            OnnxBinding binding = bind(merged, expected.get());
            try {
                List<Tensor> computed = binding.run(session, merged);
                if (size(merged, expected.get()) <= MAX_KEPT) {
                    keep(key, binding);
                } else {
                    binding.close();
                }
                return computed;
            } catch (OrtException e) {
                // Again: the inputs are at fault, or what the contract says of a shape is wrong.
                binding.close();
            } catch (EngineException | RuntimeException e) {
                binding.close();
                throw e;
            }
        }
        List<Tensor> computed = runUnbound(merged, outputs);
        OutputShapes seen = OutputShapes.of(computed);
        if (size(merged, seen) <= MAX_KEPT) {
            keep(key, bind(merged, seen));
        }
        return computed;
    }

    private List<Tensor> runUnbound(MergedInputs merged, List<String> outputs) throws OrtException, EngineException {
        try (OnnxBinding binding = bind(merged, OutputShapes.unknown(contract, outputs))) {
            return binding.run(session, merged);
        }
    }

    private OnnxBinding bind(MergedInputs merged, OutputShapes outputs) throws OrtException, EngineException {
        return OnnxBinding.of(tensors, merged, outputs, new Slices(memory(size(merged, outputs))));
    }

    private static long size(MergedInputs merged, OutputShapes outputs) {
        long size = 0;
        for (int i = 0; i < merged.count(); i++) {
            size += Slices.aligned(merged.boundBytes(i));
        }
        for (OutputShapes.Output output : outputs.outputs()) {
            size += Slices.aligned(output.boundBytes());
        }
        return size;
    }

    private ByteBuffer memory(long bytes) throws EngineException {
        if (bytes <= kept.capacity()) {
            return kept;
        }
        if (bytes > Slices.MAX) {
            throw new EngineException(
                    "inputs and outputs of one run take " + bytes + " bytes; the limit is " + Slices.MAX);
        }
        if (bytes > MAX_KEPT) {
            return Slices.allocate((int) bytes);
        }
        unbind();
        kept = Slices.allocate(Math.max(MIN_KEPT, Integer.highestOneBit((int) bytes - 1) << 1));
        return kept;
    }

    private void keep(BindingKey key, OnnxBinding binding) {
        bindings.put(key, binding);
        if (bindings.size() > MAX_BINDINGS) {
            Iterator<OnnxBinding> eldest = bindings.values().iterator();
            eldest.next().close();
            eldest.remove();
        }
    }

    private void unbind() {
        bindings.values().forEach(OnnxBinding::close);
        bindings.clear();
    }

    @Override
    public void close() {
        unbind();
        kept = ByteBuffer.allocateDirect(0);
    }
}
