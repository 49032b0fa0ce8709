package io.github.mlmaven.serving.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The long way, for models that would keep an event loop: jobs wait in one queue for the pool's threads, and a thread
 * that becomes free takes all that can be merged. A job that finds a thread free does not wait.
 */
final class QueueLane {

    private final Runs runs;
    private final InferencePool pool;
    private final BatchOptions options;
    private final Deque<Job> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    /** Threads that belong to this lane now. */
    private int threads;

    /** Those of them that run the model now. */
    private int busy;

    QueueLane(Runs runs, InferencePool pool, BatchOptions options) {
        this.runs = runs;
        this.pool = pool;
        this.options = options;
    }

    /** False when no thread will come for it. */
    boolean add(Job job) {
        lock.lock();
        try {
            // A thread that is offered here waits for the lock, and so finds the job.
            if (threads < pool.threads() && pool.offer(this::work)) {
                threads++;
            }
            if (threads == 0) {
                return false;
            }
            queue.add(job);
            more.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the jobs that nobody waits for any more. */
    void dropAbandoned() {
        List<Job> abandoned = new ArrayList<>();
        lock.lock();
        try {
            queue.removeIf(job -> job.abandoned() && abandoned.add(job));
        } finally {
            lock.unlock();
        }
        abandoned.forEach(job -> runs.expire(job));
    }

    private void work() {
        boolean handedOn = false;
        boolean left = false;
        try {
            while (!handedOn && !left) {
                List<Job> batch = take();
                left = batch.isEmpty();
                if (!left) {
                    run(batch);
                    // Other models wait for this thread too: they go first, and this lane's turn comes again.
                    handedOn = pool.isWaitedFor() && pool.offer(this::work);
                }
            }
        } finally {
            if (!handedOn && !left) {
                leave();
            }
        }
    }

    private void run(List<Job> batch) {
        try {
            runs.run(batch);
        } finally {
            ran();
        }
    }

    private void leave() {
        lock.lock();
        try {
            threads--;
        } finally {
            lock.unlock();
        }
    }

    private void ran() {
        lock.lock();
        try {
            busy--;
            // Who waits for others only because the engine was busy goes on.
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Empty when nothing waits: this thread goes then. */
    private List<Job> take() {
        lock.lock();
        try {
            for (long nanos = delay(); nanos > 0; nanos = delay()) {
                more.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            // The pool is being closed: what waits is still answered, without delay.
            Thread.currentThread().interrupt();
        }
        try {
            if (queue.isEmpty()) {
                threads--;
                return List.of();
            }
            busy++;
            return batch(queue.remove());
        } finally {
            lock.unlock();
        }
    }

    private List<Job> batch(Job first) {
        List<Job> batch = new ArrayList<>();
        batch.add(first);
        long rows = first.rows;
        for (Iterator<Job> others = queue.iterator(); others.hasNext() && rows < options.maxRows(); ) {
            Job other = others.next();
            if (rows + other.rows <= options.maxRows() && other.mergesWith(first)) {
                batch.add(other);
                rows += other.rows;
                others.remove();
            }
        }
        return batch;
    }

    /** How long the first in the queue may still wait for others: only while another thread runs the model anyway. */
    private long delay() {
        Job first = queue.peek();
        if (first == null || busy == 0 || !first.mergeable || waitingRows() >= options.maxRows()) {
            return 0;
        }
        return first.queuedNanos + options.maxDelay().toNanos() - System.nanoTime();
    }

    private long waitingRows() {
        long rows = 0;
        for (Job job : queue) {
            rows += job.rows;
        }
        return rows;
    }
}
