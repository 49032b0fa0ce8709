package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loaded model behind its contract; may be used from several threads at once. */
public final class ServedModel implements AutoCloseable {

    /** Inputs of the warm-up stay below this many bytes. */
    private static final long MAX_WARM_UP = 64 << 20;

    private final ModelDescriptor descriptor;
    private final LoadedModel loaded;
    private final Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    private final List<String> outputs;
    private final Set<String> outputNames;

    /** Serves a loaded model under the descriptor that the build verified. */
    public ServedModel(ModelDescriptor descriptor, LoadedModel loaded) {
        this.descriptor = descriptor;
        this.loaded = loaded;
        descriptor.contract().inputs().forEach(input -> inputs.put(input.name(), input));
        this.outputs =
                descriptor.contract().outputs().stream().map(TensorSpec::name).toList();
        this.outputNames = Set.copyOf(outputs);
    }

    /** Its name, version, files and contract. */
    public ModelDescriptor descriptor() {
        return descriptor;
    }

    /** What metadata calls the platform: engine and format. */
    public String platform() {
        return switch (descriptor.format()) {
            case ONNX -> "onnxruntime_onnx";
        };
    }

    /**
     * Checks the request against the contract and runs it.
     *
     * @throws InvalidRequestException when the request is at fault, also where only the engine can tell
     * @throws EngineException when the engine is at fault
     */
    public InferenceReply infer(InferenceRequest request) throws InvalidRequestException, EngineException {
        check(request);
        try {
            List<Tensor> computed =
                    loaded.run(request.inputs(), request.outputs().isEmpty() ? outputs : request.outputs());
            return new InferenceReply(descriptor.name(), descriptor.version(), request.id(), computed);
        } catch (EngineException e) {
            if (e.fault() == EngineException.Fault.ENGINE) {
                throw e;
            }
            throw new InvalidRequestException("the model cannot compute this request: " + e.getMessage(), e);
        }
    }

    /** Inputs of zeros, with size 1 where a request would choose; empty when they would be too large. */
    public List<Tensor> zeros() {
        List<Tensor> zeros = new ArrayList<>();
        for (TensorSpec input : inputs.values()) {
            long[] shape = input.shape().dimensions().stream()
                    .mapToLong(d -> d instanceof Dimension.Fixed fixed ? fixed.size() : 1)
                    .toArray();
            // An empty string is its length alone.
            long size = input.datatype() == Datatype.BYTES
                    ? Integer.BYTES
                    : input.datatype().size();
            long bytes = Arrays.stream(shape).reduce(size, ServedModel::boundedProduct);
            if (bytes >= MAX_WARM_UP) {
                return List.of();
            }
            zeros.add(new Tensor(input.name(), input.datatype(), shape, ByteBuffer.allocate((int) bytes)));
        }
        return zeros;
    }

    private static long boundedProduct(long a, long b) {
        return a != 0 && b > MAX_WARM_UP / a ? MAX_WARM_UP : a * b;
    }

    @Override
    public void close() {
        loaded.close();
    }

    private void check(InferenceRequest request) throws InvalidRequestException {
        List<String> problems = new ArrayList<>();
        for (Tensor input : request.inputs()) {
            @Nullable TensorSpec spec = inputs.get(input.name());
            if (spec == null) {
                problems.add("unknown input " + input.name() + ": expected " + texts(inputs.values()));
            } else if (spec.datatype() != input.datatype()) {
                problems.add("input " + input.name() + ": expected datatype " + spec.datatype() + ", found "
                        + input.datatype());
            } else if (!spec.shape().accepts(input.shape())) {
                problems.add("input " + input.name() + ": expected shape " + spec.shape() + ", found "
                        + Arrays.toString(input.shape()).replace(" ", ""));
            }
        }
        if (problems.isEmpty() && request.inputs().size() < inputs.size()) {
            Map<String, TensorSpec> missing = new LinkedHashMap<>(inputs);
            request.inputs().forEach(input -> missing.remove(input.name()));
            problems.add("missing input " + texts(missing.values()));
        }
        Set<String> asked = new HashSet<>();
        for (String output : request.outputs()) {
            if (!outputNames.contains(output)) {
                problems.add("unknown output " + output + ": expected " + String.join(", ", outputs));
            } else if (!asked.add(output)) {
                problems.add("output " + output + " is asked for twice");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(String.join("; ", problems));
        }
    }

    private static String texts(Iterable<TensorSpec> specs) {
        List<String> texts = new ArrayList<>();
        specs.forEach(spec -> texts.add(spec.toString()));
        return String.join(", ", texts);
    }
}
