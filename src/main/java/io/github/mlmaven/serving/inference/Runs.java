package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs jobs of one model, alone or merged, and answers them on the thread that calls. */
final class Runs {

    private static final System.Logger LOG = System.getLogger(Runs.class.getName());

    private static final Failure EXPIRED =
            new Failure(Failure.Kind.EXPIRED, "the deadline passed before the model ran");

    private final ModelDescriptor descriptor;
    private final LoadedModel loaded;
    private final Pace pace;
    private final InFlight inFlight;
    private final Admission admission;
    private final ServingListener listener;

    Runs(
            ModelDescriptor descriptor,
            LoadedModel loaded,
            Pace pace,
            InFlight inFlight,
            Admission admission,
            ServingListener listener) {
        this.descriptor = descriptor;
        this.loaded = loaded;
        this.pace = pace;
        this.inFlight = inFlight;
        this.admission = admission;
        this.listener = listener;
    }

    /** Runs those that are still waited for, as one; each gets its own answer. */
    void run(List<Job> batch) {
        admission.leave(batch.size());
        listener.queued(descriptor.name(), -batch.size());
        runNow(batch);
    }

    private void runNow(List<Job> batch) {
        List<Job> jobs = wanted(batch);
        if (jobs.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        List<List<Tensor>> computed;
        try {
            computed = compute(jobs);
        } catch (EngineException e) {
            if (jobs.size() > 1) {
                // One of them is to blame, or it is too much at once: the others shall not notice.
                jobs.forEach(job -> runNow(List.of(job)));
            } else {
                fail(jobs.get(0), failure(e), started, System.nanoTime() - started);
            }
            return;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            Failure failure = new Failure(Failure.Kind.BUSY, "not enough memory for this request now");
            jobs.forEach(job -> fail(job, failure, started, 0));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            Failure failure = new Failure(Failure.Kind.INTERNAL, "internal error");
            jobs.forEach(job -> fail(job, failure, started, 0));
            return;
        }
        long nanos = System.nanoTime() - started;
        for (int i = 0; i < jobs.size(); i++) {
            answer(jobs.get(i), computed.get(i), started, nanos);
        }
    }

    /** Answers a call that never became a job. */
    void reject(Call call, Answer answer, Failure failure) {
        fail(call, answer, failure, System.nanoTime(), System.nanoTime(), 0);
    }

    /** Answers a job that no thread will run. */
    void refuse(Job job, Failure failure) {
        admission.leave(1);
        listener.queued(descriptor.name(), -1);
        fail(job, failure, System.nanoTime(), 0);
    }

    /** Answers a job that nobody waits for, before its turn. */
    void expire(Job job) {
        refuse(job, EXPIRED);
    }

    private List<Job> wanted(List<Job> batch) {
        for (Job job : batch) {
            if (job.abandoned()) {
                List<Job> wanted = new ArrayList<>(batch);
                wanted.removeIf(Job::abandoned);
                for (Job other : batch) {
                    if (!wanted.contains(other)) {
                        fail(other, EXPIRED, System.nanoTime(), 0);
                    }
                }
                return wanted;
            }
        }
        return batch;
    }

    private List<List<Tensor>> compute(List<Job> jobs) throws EngineException {
        List<List<Tensor>> inputs = new ArrayList<>(jobs.size());
        long rows = 0;
        long bytes = 0;
        for (Job job : jobs) {
            inputs.add(job.request().inputs());
            rows += job.rows;
            bytes += job.bytes;
        }
        long started = System.nanoTime();
        List<List<Tensor>> computed = loaded.runMerged(inputs, jobs.get(0).outputs);
        long nanos = System.nanoTime() - started;
        pace.ran(bytes, nanos);
        listener.ran(descriptor.name(), descriptor.version(), jobs.size(), rows, nanos);
        return computed;
    }

    private void answer(Job job, List<Tensor> outputs, long started, long nanos) {
        try {
            job.answer.computed(new InferenceReply(
                    descriptor.name(), descriptor.version(), job.request().id(), outputs));
        } catch (RuntimeException | Error e) {
            // The batch's others still need theirs.
            LOG.log(Level.ERROR, "a reply failed", e);
        }
        finish(job.call, Optional.empty(), started - job.queuedNanos, nanos);
    }

    private void fail(Job job, Failure failure, long started, long nanos) {
        fail(job.call, job.answer, failure, job.queuedNanos, started, nanos);
    }

    private void fail(Call call, Answer answer, Failure failure, long queued, long started, long nanos) {
        try {
            answer.failed(failure);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a reply failed", e);
        }
        finish(call, Optional.of(failure.kind()), started - queued, nanos);
    }

    private void finish(Call call, Optional<Failure.Kind> failure, long queueNanos, long nanos) {
        inFlight.exit();
        listener.finished(
                descriptor.name(),
                descriptor.version(),
                call.protocol(),
                failure,
                queueNanos,
                nanos,
                System.nanoTime() - call.receivedNanos());
    }

    private Failure failure(EngineException e) {
        if (e.fault() == EngineException.Fault.INPUT) {
            return new Failure(Failure.Kind.INVALID, "the model cannot compute this request: " + e.getMessage());
        }
        LOG.log(Level.ERROR, "model {0} failed: {1}", descriptor.name(), e.getMessage());
        return new Failure(Failure.Kind.ENGINE, "the engine failed: " + e.getMessage());
    }
}
