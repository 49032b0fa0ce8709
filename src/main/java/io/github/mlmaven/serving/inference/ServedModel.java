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
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A loaded model behind its contract; may be used from several threads at once. */
public final class ServedModel implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServedModel.class.getName());

    /** Inputs of the warm-up stay below this many bytes. */
    private static final long MAX_WARM_UP = 64 << 20;

    private final ModelDescriptor descriptor;
    private final LoadedModel loaded;
    private final Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    private final List<String> outputs;
    private final Set<String> outputNames;
    private final InferencePool pool;
    private final ServingListener listener;

    /** Serves a loaded model under the descriptor that the build verified. */
    public ServedModel(ModelDescriptor descriptor, LoadedModel loaded, InferencePool pool, ServingListener listener) {
        this.descriptor = descriptor;
        this.loaded = loaded;
        this.pool = pool;
        this.listener = listener;
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
     * Checks the request against the contract and has it computed.
     *
     * @param turn runs what it is given on this thread, later: when the requests that have arrived are read
     * @param answer hears of the end, at once or later, on this thread or another
     */
    public void infer(Call call, Executor turn, Answer answer) {
        Optional<String> problem = problem(call.request());
        if (problem.isPresent()) {
            fail(call, answer, new Failure(Failure.Kind.INVALID, problem.get()));
            return;
        }
        listener.queued(descriptor.name(), 1);
        if (!pool.offer(() -> compute(call, answer))) {
            listener.queued(descriptor.name(), -1);
            fail(call, answer, new Failure(Failure.Kind.BUSY, "too many requests are waiting; try again"));
        }
    }

    private void compute(Call call, Answer answer) {
        listener.queued(descriptor.name(), -1);
        if (call.deadline().expired() || !answer.wanted()) {
            fail(call, answer, new Failure(Failure.Kind.EXPIRED, "the deadline passed before the model ran"));
            return;
        }
        long started = System.nanoTime();
        try {
            InferenceRequest request = call.request();
            List<Tensor> computed =
                    loaded.run(request.inputs(), request.outputs().isEmpty() ? outputs : request.outputs());
            long ended = System.nanoTime();
            answer.computed(new InferenceReply(descriptor.name(), descriptor.version(), request.id(), computed));
            listener.finished(
                    descriptor.name(),
                    descriptor.version(),
                    call.protocol(),
                    Optional.empty(),
                    started - call.receivedNanos(),
                    ended - started,
                    System.nanoTime() - call.receivedNanos());
        } catch (EngineException e) {
            fail(call, answer, failure(e));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            fail(call, answer, new Failure(Failure.Kind.BUSY, "not enough memory for this request now"));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            fail(call, answer, new Failure(Failure.Kind.INTERNAL, "internal error"));
        }
    }

    private Failure failure(EngineException e) {
        if (e.fault() == EngineException.Fault.INPUT) {
            return new Failure(Failure.Kind.INVALID, "the model cannot compute this request: " + e.getMessage());
        }
        LOG.log(Level.ERROR, "model {0} failed: {1}", descriptor.name(), e.getMessage());
        return new Failure(Failure.Kind.ENGINE, "the engine failed: " + e.getMessage());
    }

    private void fail(Call call, Answer answer, Failure failure) {
        answer.failed(failure);
        long total = System.nanoTime() - call.receivedNanos();
        listener.finished(
                descriptor.name(), descriptor.version(), call.protocol(), Optional.of(failure.kind()), total, 0, total);
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

    private Optional<String> problem(InferenceRequest request) {
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
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static String texts(Iterable<TensorSpec> specs) {
        List<String> texts = new ArrayList<>();
        specs.forEach(spec -> texts.add(spec.toString()));
        return String.join(", ", texts);
    }
}
