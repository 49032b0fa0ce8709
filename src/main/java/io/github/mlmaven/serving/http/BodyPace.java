package io.github.mlmaven.serving.http;

import java.time.Duration;

/**
 * How fast a body must come: one byte a minute is not silence, and would keep its room for ever.
 *
 * @param allowed for so long it may come as it likes
 * @param began by {@link System#nanoTime()}
 */
record BodyPace(Duration allowed, long began) {

    /** From then on, averaged over the time beyond. */
    private static final long BYTES_PER_SECOND = 1024;

    /** A body that is to come from now on. */
    static BodyPace from(Duration allowed) {
        return new BodyPace(allowed, System.nanoTime());
    }

    /** Whether it should have more bytes by now. */
    boolean tooSlow(long bytes) {
        double seconds = (System.nanoTime() - began - allowed.toNanos()) / 1e9;
        return bytes < seconds * BYTES_PER_SECOND;
    }

    /** What the client is told. */
    Reply reply(long bytes) {
        long seconds = (System.nanoTime() - began) / 1_000_000_000;
        return Reply.error(
                408,
                "the body comes too slowly: expected " + allowed.toMillis() / 1000.0 + " s and a second more for each "
                        + BYTES_PER_SECOND + " bytes, found " + bytes + " bytes after " + seconds + " s");
    }
}
