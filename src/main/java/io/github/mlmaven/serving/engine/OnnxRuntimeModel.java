package io.github.mlmaven.serving.engine;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.engine.EngineException.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A session of ONNX Runtime. */
final class OnnxRuntimeModel implements LoadedModel {

    /** What the allocators of ONNX Runtime and of C++ say. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("Failed to allocate memory", "bad_alloc", "bad allocation");

    private final OnnxSessions sessions;
    private final Contract contract;
    private final OnnxTensors tensors;
    private final ThreadLocal<OnnxLane> lanes = ThreadLocal.withInitial(this::openLane);
    private final List<OnnxLane> opened = new ArrayList<>();
    private volatile boolean closed;

    OnnxRuntimeModel(OrtEnvironment environment, OnnxSessions sessions) throws OrtException, EngineException {
        this.sessions = sessions;
        this.contract = new Contract(
                specs("input", sessions.first().getInputInfo().values()),
                specs("output", sessions.first().getOutputInfo().values()));
        this.tensors = new OnnxTensors(environment, contract);
    }

    @Override
    public Contract contract() {
        return contract;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws EngineException {
        List<Tensor> computed = run(MergedInputs.of(contract.inputs(), List.of(inputs)), outputs);
        return computed.stream().map(OnnxRuntimeModel::copy).toList();
    }

    @Override
    public List<List<Tensor>> runMerged(List<List<Tensor>> requests, List<String> outputs) throws EngineException {
        MergedInputs merged = MergedInputs.of(contract.inputs(), requests);
        List<Tensor> computed = run(merged, outputs);
        return requests.size() == 1 ? List.of(computed) : RowSlices.cut(computed, merged.rows());
    }

    private List<Tensor> run(MergedInputs merged, List<String> outputs) throws EngineException {
        if (closed) {
            throw new EngineException("the model is closed");
        }
        try {
            return lanes.get().run(merged, outputs);
        } catch (OrtException e) {
            throw new EngineException(fault(e), OnnxRuntimeEngine.reason(e), e);
        }
    }

    private OnnxLane openLane() {
        synchronized (opened) {
            opened.removeIf(OnnxLane::closeIfThreadEnded);
            OnnxLane lane = new OnnxLane(sessions, contract, tensors);
            opened.add(lane);
            return lane;
        }
    }

    private static Tensor copy(Tensor tensor) {
        ByteBuffer data = tensor.data();
        return new Tensor(
                tensor.name(),
                tensor.datatype(),
                tensor.shape(),
                ByteBuffer.allocate(data.remaining()).put(data).flip());
    }

    /**
     * The codes alone do not tell: a kernel that finds its input wrong answers INVALID_ARGUMENT, FAIL or, through an
     * assertion, RUNTIME_EXCEPTION, and the latter is also what a failed allocation becomes.
     */
    private static Fault fault(OrtException e) {
        String message = String.valueOf(e.getMessage());
        boolean refused = switch (e.getCode()) {
            case ORT_INVALID_ARGUMENT -> true;
            case ORT_FAIL, ORT_RUNTIME_EXCEPTION -> message.contains("returned while running");
            default -> false;
        };
        return refused && OUT_OF_MEMORY.stream().noneMatch(message::contains) ? Fault.INPUT : Fault.ENGINE;
    }

    @Override
    public void close() {
        synchronized (opened) {
            if (closed) {
                return;
            }
            closed = true;
            opened.forEach(OnnxLane::close);
            opened.clear();
        }
        try {
            tensors.close();
            sessions.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TensorSpec> specs(String kind, Collection<NodeInfo> nodes) throws EngineException {
        List<TensorSpec> specs = new ArrayList<>();
        for (NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof TensorInfo info)) {
                throw notATensor(kind, node.getName(), node.getInfo());
            }
            specs.add(new TensorSpec(node.getName(), datatype(kind, node.getName(), info), shape(info)));
        }
        return specs;
    }

    private static EngineException notATensor(String kind, String name, ValueInfo info) {
        return new EngineException(kind + " " + name + " is a " + type(info) + "; only tensors can be served");
    }

    private static String type(ValueInfo info) {
        if (info instanceof SequenceInfo sequence) {
            return "sequence(" + (sequence.isSequenceOfMaps() ? type(sequence.mapInfo) : sequence.sequenceType) + ")";
        }
        if (info instanceof MapInfo map) {
            return "map(" + map.keyType + ", " + map.valueType + ")";
        }
        return info.getClass().getSimpleName();
    }

    private static Datatype datatype(String kind, String name, TensorInfo info) throws EngineException {
        return OnnxTensors.datatype(info.onnxType)
                .orElseThrow(() -> new EngineException(kind + " " + name + " is a tensor of " + info.onnxType
                        + ", which has no datatype in the Open Inference Protocol"));
    }

    private static Shape shape(TensorInfo info) {
        long[] sizes = info.getShape();
        String[] names = info.getDimensionNames();
        List<Dimension> dimensions = new ArrayList<>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            dimensions.add(sizes[i] >= 0 ? new Dimension.Fixed(sizes[i]) : new Dimension.Symbolic(names[i]));
        }
        return new Shape(dimensions);
    }
}
