package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.MergeProbe;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loaded model behind its contract; may be used from several threads at once. */
public final class ServedModel implements AutoCloseable {

    private static final Failure BUSY = new Failure(Failure.Kind.BUSY, "too many requests are waiting; try again");

    /** Inputs of the warm-up stay below this many bytes. */
    private static final long MAX_WARM_UP = 64 << 20;

    private final ModelDescriptor descriptor;
    private final LoadedModel loaded;
    private final Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    private final List<String> outputs;
    private final Set<String> outputNames;
    private final BatchOptions batching;
    private final Admission admission;
    private final ServingListener listener;
    private final InFlight inFlight = new InFlight();
    private final Pace pace;
    private final Runs runs;
    private final QueueLane queue;
    private final ThreadLocal<TurnLane> turns;

    /** Until it is known that merging changes no bit of the outputs, each request runs alone. */
    private volatile boolean merges;

    /**
     * Serves a loaded model under the descriptor that the build verified.
     *
     * @param loaded the model in the engine; closed with this
     * @param batching how requests may be merged, once {@link #decideMerging} has found that they may
     * @param shared what all models share
     */
    public ServedModel(ModelDescriptor descriptor, LoadedModel loaded, BatchOptions batching, SharedResources shared) {
        this(descriptor, loaded, batching, shared, new Pace());
    }

    /** With what is known of its pace. */
    ServedModel(
            ModelDescriptor descriptor, LoadedModel loaded, BatchOptions batching, SharedResources shared, Pace pace) {
        this.descriptor = descriptor;
        this.loaded = loaded;
        this.batching = batching;
        this.pace = pace;
        this.admission = shared.admission();
        this.listener = shared.listener();
        this.runs = new Runs(descriptor, loaded, pace, inFlight, admission, listener);
        this.queue = new QueueLane(runs, shared.pool(), batching);
        this.turns = ThreadLocal.withInitial(() -> new TurnLane(runs, batching.maxRows()));
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
     * Checks the request against the contract and has it computed; for event loops.
     *
     * @param turn runs what it is given on this thread, later: when the requests that have arrived are read
     * @param answer hears of the end, at once or later, on this thread or another
     * @return false when the model has been closed: nothing is done, its successor may be asked
     */
    public boolean infer(Call call, Executor turn, Answer answer) {
        return infer(call, answer, job -> {
            if (pace.quick(job.bytes)) {
                turns.get().add(job, turn);
            } else {
                enqueue(job);
            }
        });
    }

    /** The same for any other thread. */
    public boolean infer(Call call, Answer answer) {
        return infer(call, answer, this::enqueue);
    }

    private boolean infer(Call call, Answer answer, Consumer<Job> way) {
        if (!inFlight.enter()) {
            return false;
        }
        Optional<String> problem = problem(call.request());
        if (problem.isPresent()) {
            runs.reject(call, answer, new Failure(Failure.Kind.INVALID, problem.get()));
            return true;
        }
        if (!admitted()) {
            runs.reject(call, answer, BUSY);
            return true;
        }
        listener.queued(descriptor.name(), 1);
        InferenceRequest request = call.request();
        way.accept(new Job(call, answer, request.outputs().isEmpty() ? outputs : request.outputs(), merges));
        return true;
    }

    /** When all places are taken, those that nobody waits for any more are given up. */
    private boolean admitted() {
        if (admission.enter()) {
            return true;
        }
        queue.dropAbandoned();
        return admission.enter();
    }

    private void enqueue(Job job) {
        if (!queue.add(job)) {
            runs.refuse(job, BUSY);
        }
    }

    /**
     * Finds out by running the model whether requests for it may be merged, and from then on they are.
     *
     * @param example a request that the model computes
     * @param budget about how long it may take
     * @return what was found, and why; for the log
     */
    public MergeProbe.Verdict decideMerging(List<Tensor> example, Duration budget) {
        if (!batching.merge()) {
            return new MergeProbe.Verdict(false, "batching is switched off");
        }
        if (!inFlight.enter()) {
            return new MergeProbe.Verdict(false, "the model has been closed");
        }
        try {
            MergeProbe.Verdict verdict = Batches.problem(descriptor.contract())
                    .map(problem -> new MergeProbe.Verdict(false, problem))
                    .orElseGet(() -> MergeProbe.probe(loaded, example, batching.maxRows(), budget));
            merges = verdict.independent();
            return verdict;
        } finally {
            inFlight.exit();
        }
    }

    /** From now on requests are merged, as somebody else has found that they may be. */
    void merge() {
        merges = true;
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

    /** Takes no more calls, waits for the answers to those it has taken, and frees the model's memory. */
    @Override
    public void close() {
        try {
            if (inFlight.close()) {
                loaded.close();
            }
        } catch (InterruptedException e) {
            // Its memory is left to the end of the process: freeing it under a run would crash it.
            Thread.currentThread().interrupt();
        }
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
