package io.github.mlmaven.image;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that goes on beside other work, in a thread of its own: half of what an image takes is reading, and the other half
 * waiting for other programs. Closing it ends it, so that nothing goes on after a build that failed.
 *
 * @param <T> what comes of it
 */
final class Background<T> implements AutoCloseable {

    /** What is to be done; it ends soon after it is interrupted. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws ImageException, IOException, InterruptedException;
    }

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(FutureTask<T> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /** Begins. */
    static <T> Background<T> start(String name, Work<T> work) {
        FutureTask<T> task = new FutureTask<>(work::run);
        Thread thread = new Thread(task, name);
        // Plugins find their classes by it, also in threads of their own.
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setDaemon(true);
        thread.start();
        return new Background<>(task, thread);
    }

    /** What came of it, once it has ended; or what went wrong. */
    T result() throws ImageException, IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ImageException known) {
                throw known;
            }
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Ends it, if it has not ended, and waits for that. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
