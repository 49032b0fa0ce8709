package io.github.mlmaven.serving.inference;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that run models, with a queue that refuses work rather than grow. */
public final class InferencePool implements AutoCloseable {

    private final ThreadPoolExecutor threads;

    /** With so many threads, and so many requests waiting at most. */
    public InferencePool(int threads, int queue) {
        this.threads =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
                    Thread thread = new Thread(work, "inference");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The number of its threads. */
    public int threads() {
        return threads.getMaximumPoolSize();
    }

    /** Runs it on a thread of the pool; false when the queue is full. */
    public boolean offer(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Whether work waits for a thread. */
    boolean isWaitedFor() {
        return !threads.getQueue().isEmpty();
    }

    /** Takes no more work and waits for what it has taken, for two seconds at most. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
