package io.github.mlmaven.serving.inference;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the calls of a model between their start and their answer, so that it is freed after the last. */
final class InFlight {

    /** Added once by close: the count goes on below it. */
    private static final long CLOSED = 1L << 62;

    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch none = new CountDownLatch(1);

    /** One call more; false when it is closed. */
    boolean enter() {
        if (count.incrementAndGet() < CLOSED) {
            return true;
        }
        exit();
        return false;
    }

    /** One call less. */
    void exit() {
        if (count.decrementAndGet() == CLOSED) {
            none.countDown();
        }
    }

    /** Lets no further call in and waits for the last; true for the first caller alone. */
    boolean close() throws InterruptedException {
        long before;
        do {
            before = count.get();
            if (before >= CLOSED) {
                return false;
            }
        } while (!count.compareAndSet(before, before + CLOSED));
        if (before == 0) {
            none.countDown();
        }
        none.await();
        return true;
    }
}
