package io.github.mlmaven.serving.http;

import java.time.Duration;

/**
 * What the HTTP server accepts.
 *
 * @param maxBodyBytes the largest request body
 * @param maxHeldBytes the bodies held at once: those that are being received, wait, or are computed
 * @param idle for so long a client may send nothing of what it owes, or nothing at all, and twice as long it may take
 *     nothing of a large reply; a body may take so long, and a second more for each KiB
 */
public record HttpLimits(long maxBodyBytes, long maxHeldBytes, Duration idle) {

    /** Bodies of 64 MiB. */
    public static final HttpLimits DEFAULT = ofBody(64L << 20);

    public HttpLimits {
        if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a body limit is from 1 to 2147483639 bytes: " + maxBodyBytes);
        }
        if (maxHeldBytes < maxBodyBytes) {
            throw new IllegalArgumentException("one body of " + maxBodyBytes + " bytes must fit: " + maxHeldBytes);
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("a client needs time: " + idle);
        }
    }

    /** Bodies of this size; a quarter of the heap for all of them, at least one; a minute for idle clients. */
    public static HttpLimits ofBody(long maxBodyBytes) {
        long held = Math.max(maxBodyBytes, Runtime.getRuntime().maxMemory() / 4);
        return new HttpLimits(maxBodyBytes, held, Duration.ofSeconds(60));
    }
}
