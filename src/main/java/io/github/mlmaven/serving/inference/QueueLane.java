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
            queue.add(job);
            more.signalAll();
            if (threads == pool.threads()) {
                return true;
            }
            threads++;
        } finally {
            lock.unlock();
        }
        if (pool.offer(this::work)) {
            return true;
        }
        lock.lock();
        try {
            threads--;
            // Another thread of this lane comes for it sooner or later, if there is one.
            return threads > 0 || !queue.removeLastOccurrence(job);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (List<Job> batch = take(); !batch.isEmpty(); batch = take()) {
            runs.run(batch);
            ran();
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
