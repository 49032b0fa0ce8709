package io.github.mlmaven.serving.http;

/**
 * What the HTTP server accepts.
 *
 * @param maxBodyBytes the largest request body
 */
public record HttpLimits(long maxBodyBytes) {

    /** 64 MiB. */
    public static final HttpLimits DEFAULT = new HttpLimits(64L << 20);

    public HttpLimits {
        if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a body limit is from 1 to 2147483639 bytes: " + maxBodyBytes);
        }
    }
}
