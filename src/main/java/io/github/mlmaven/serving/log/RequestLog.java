package io.github.mlmaven.serving.log;

import io.github.mlmaven.serving.inference.RequestEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes how requests ended. Callers never wait: a thread of its own writes, and what it cannot keep up with is
 * dropped and counted. Of failures it writes no more than a number of lines each second and then how many there were
 * more, so that a flood of bad requests does not fill a disk.
 */
public final class RequestLog implements AutoCloseable {

    /** Lines of failures in a second. */
    static final int MAX_FAILURES = 100;

    private static final int QUEUE = 1024;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final boolean successes;
    private final OutputStream out;
    private final LongSupplier nanoTime;
    private final BlockingQueue<RequestEnd> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong overflowed = new AtomicLong();
    private final AtomicLong suppressed = new AtomicLong();

    // Guarded by this.
    private long second;
    private int failures;
    private long untold;
    private boolean closed;
    private @Nullable Thread writer;

    /**
     * Writes to standard error.
     *
     * @param successes whether also requests that succeed get a line: an access log
     */
    public RequestLog(boolean successes) {
        this(successes, System.err, System::nanoTime);
    }

    RequestLog(boolean successes, OutputStream out, LongSupplier nanoTime) {
        this.successes = successes;
        this.out = out;
        this.nanoTime = nanoTime;
        this.second = nanoTime.getAsLong();
    }

    /** Whether requests that succeed get a line. */
    public boolean successes() {
        return successes;
    }

    /** Takes the end of a request; returns at once. */
    public void ended(RequestEnd end) {
        if (end.succeeded() ? !successes : !admitted()) {
            return;
        }
        start();
        if (!queue.offer(end)) {
            overflowed.incrementAndGet();
        }
    }

    /** Lines that were not written because the reader of the log was too slow. */
    public long overflowed() {
        return overflowed.get();
    }

    /** Lines that were not written because there were too many in a second. */
    public long suppressed() {
        return suppressed.get();
    }

    /** Writes what is left, for at most a second. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = writer;
        }
        if (last == null) {
            return;
        }
        last.interrupt();
        try {
            last.join(TimeUnit.NANOSECONDS.toMillis(SECOND));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean admitted() {
        long now = nanoTime.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            failures = 0;
        }
        if (failures < MAX_FAILURES) {
            failures++;
            return true;
        }
        untold++;
        suppressed.incrementAndGet();
        return false;
    }

    /** Most servers never write a line, so the thread waits for the first one. */
    private synchronized void start() {
        if (writer == null && !closed) {
            Thread thread = new Thread(this::write, "request-log");
            thread.setDaemon(true);
            thread.start();
            writer = thread;
        }
    }

    private void write() {
        try {
            while (true) {
                boolean closing = isClosed();
                RequestEnd end = closing ? queue.poll() : await();
                if (end != null) {
                    write(LogLine.of(end));
                }
                boolean last = closing && end == null;
                tell(last);
                if (last) {
                    return;
                }
            }
        } catch (IOException e) {
            // Nobody reads any more, and there is no other place to say so: what comes overflows.
        }
    }

    private @Nullable RequestEnd await() {
        try {
            return queue.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // It is being closed.
            return null;
        }
    }

    private void write(byte[] line) throws IOException {
        out.write(line);
        out.flush();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Says how many lines are missing, when their second is over. */
    private void tell(boolean last) throws IOException {
        long count;
        synchronized (this) {
            if (untold == 0 || (!last && nanoTime.getAsLong() - second < SECOND)) {
                return;
            }
            count = untold;
            untold = 0;
        }
        write(LogLine.suppressed(Instant.now(), count));
    }
}
