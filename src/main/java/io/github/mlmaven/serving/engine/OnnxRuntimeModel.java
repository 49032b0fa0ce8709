package io.github.mlmaven.serving.engine;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A session of ONNX Runtime. */
final class OnnxRuntimeModel implements LoadedModel {

    /** What the allocators of ONNX Runtime and of C++ say. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("Failed to allocate memory", "bad_alloc", "bad allocation");

    private final OrtSession session;
    private final Contract contract;
    private final OnnxTensors tensors;

    OnnxRuntimeModel(OrtEnvironment environment, OrtSession session, SessionOptions options)
            throws OrtException, EngineException {
        this.session = session;
        this.contract = new Contract(
                specs("input", session.getInputInfo().values()),
                specs("output", session.getOutputInfo().values()));
        this.tensors = OnnxTensors.forInputs(environment, options, contract.inputs());
    }

    @Override
    public Contract contract() {
        return contract;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws EngineException {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        try (Opened opened = new Opened()) {
            OnnxTensors.Batch batch = tensors.batch(inputs);
            for (Tensor input : inputs) {
                fed.put(input.name(), opened.add(batch.create(input)));
            }
            try (OrtSession.Result result = session.run(fed, new LinkedHashSet<>(outputs))) {
                List<Tensor> computed = new ArrayList<>(outputs.size());
                for (String output : outputs) {
                    computed.add(read(output, result));
                }
                return computed;
            }
        } catch (OrtException e) {
            throw new EngineException(fault(e), OnnxRuntimeEngine.reason(e), e);
        } catch (IllegalStateException e) {
            // The session is closed.
            throw new EngineException(String.valueOf(e.getMessage()), e);
        }
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
        try {
            tensors.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tensor read(String name, OrtSession.Result result) throws OrtException, EngineException {
        OnnxValue value =
                result.get(name).orElseThrow(() -> new EngineException("output " + name + " was not computed"));
        if (!(value instanceof OnnxTensor tensor)) {
            throw notATensor("output", name, value.getInfo());
        }
        return OnnxTensors.read(name, datatype("output", name, tensor.getInfo()), tensor);
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

    /** Native tensors, closed in reverse whatever happens. */
    private static final class Opened implements AutoCloseable {
        private final List<OnnxTensor> opened = new ArrayList<>();

        OnnxTensor add(OnnxTensor tensor) {
            opened.add(tensor);
            return tensor;
        }

        @Override
        public void close() {
            opened.forEach(OnnxTensor::close);
        }
    }
}
