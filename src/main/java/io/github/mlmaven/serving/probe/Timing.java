package io.github.mlmaven.serving.probe;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.exchange.Measurement;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times a loaded model as the server runs it: each caller is a thread of its own, and what is timed is one run between
 * tensors in memory, without HTTP. Every caller warms up first, then all of them begin together.
 */
final class Timing {

    private static final int WARM_UP_RUNS = 200;

    private final LoadedModel model;
    private final List<List<Tensor>> inputs;
    private final List<String> outputs;
    private final Measurement measurement;
    private final Phaser warm;
    private final AtomicInteger begun = new AtomicInteger();
    private final long start = System.nanoTime();

    private Timing(LoadedModel model, List<List<Tensor>> inputs, List<String> outputs, Measurement measurement) {
        this.model = model;
        this.inputs = inputs;
        this.outputs = outputs;
        this.measurement = measurement;
        this.warm = new Phaser(measurement.threads());
    }

    /**
     * Times the model.
     *
     * @param inputs of at least one run, used in turn
     * @param expected about how long a run takes, in nanoseconds
     */
    static ProbeReply time(
            LoadedModel model,
            List<List<Tensor>> inputs,
            List<String> outputs,
            Measurement measurement,
            long expected) {
        if (!measurement.required() && expected > measurement.limit().toNanos()) {
            return new ProbeReply.Untimed("a run takes longer than "
                    + measurement.limit().toMillis() + " ms, which is the most time for measuring without a budget");
        }
        List<Long> nanos = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(measurement.threads());
        try {
            Timing timing = new Timing(model, inputs, outputs, measurement);
            List<Callable<List<Long>>> calls = new ArrayList<>();
            for (int i = 0; i < measurement.threads(); i++) {
                int first = i;
                calls.add(() -> timing.call(first));
            }
            for (Future<List<Long>> samples : callers.invokeAll(calls)) {
                nanos.addAll(samples.get());
            }
        } catch (ExecutionException e) {
            return new ProbeReply.Untimed(Probe.message(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ProbeReply.Untimed("interrupted");
        } finally {
            callers.shutdownNow();
        }
        return nanos.isEmpty()
                ? new ProbeReply.Untimed(
                        "no run ended within " + measurement.limit().toMillis() + " ms")
                : new ProbeReply.Timed(nanos);
    }

    private List<Long> call(int first) throws EngineException {
        long limit = measurement.limit().toNanos();
        int turn = first;
        long last;
        try {
            do {
                last = run(turn++);
            } while (turn - first < WARM_UP_RUNS && elapsed() + last < limit / 4);
            warm.arriveAndAwaitAdvance();
        } catch (EngineException | RuntimeException | Error e) {
            // The others must not wait for this one.
            warm.arriveAndDeregister();
            throw e;
        }
        List<Long> nanos = new ArrayList<>();
        while ((elapsed() + last < limit || (nanos.isEmpty() && measurement.required()))
                && begun.getAndIncrement() < measurement.samples()) {
            last = run(turn++);
            nanos.add(last);
        }
        return nanos;
    }

    private long run(int turn) throws EngineException {
        List<List<Tensor>> request = List.of(inputs.get(Math.floorMod(turn, inputs.size())));
        long begin = System.nanoTime();
        model.runMerged(request, outputs);
        return System.nanoTime() - begin;
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }
}
