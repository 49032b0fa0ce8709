package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.LoadedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A real model whose runs are counted, and wait at a gate that tests may close. */
public final class WatchedModel implements LoadedModel {

    private final LoadedModel model;
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private final Semaphore arrived = new Semaphore(0);
    private final List<Integer> runs = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    /** With its gate open. */
    public WatchedModel(LoadedModel model) {
        this.model = model;
    }

    /** From now on runs wait. */
    public void shut() {
        gate.drainPermits();
        arrived.drainPermits();
    }

    /** Lets so many runs through. */
    public void let(int count) {
        gate.release(count);
    }

    /** Until one more run waits at the gate, or has passed it. */
    public void awaitRun() throws InterruptedException {
        arrived.acquire();
    }

    /** How many requests each run merged. */
    public List<Integer> runs() {
        return List.copyOf(runs);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public Contract contract() {
        return model.contract();
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws EngineException {
        return model.run(inputs, outputs);
    }

    @Override
    public List<List<Tensor>> runMerged(List<List<Tensor>> requests, List<String> outputs) throws EngineException {
        arrived.release();
        gate.acquireUninterruptibly();
        runs.add(requests.size());
        return model.runMerged(requests, outputs);
    }

    @Override
    public void close() {
        closed = true;
        model.close();
    }
}
