package io.github.mlmaven.model;

/**
 * A SHA-256 digest, 64 lower-case hexadecimal digits.
 *
 * @param hex the digits, without the algorithm's name
 */
public record Digest(String hex) {

    private static final int DIGITS = 64;
    private static final String PREFIX = "sha256:";

    public Digest {
        if (!isSha256(hex)) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hexadecimal digits: " + hex);
        }
    }

    /** Without a regular expression: a lock has a thousand of them, and a Maven that has just started is slow. */
    private static boolean isSha256(String hex) {
        if (hex.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            char digit = hex.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code sha256:HEX}, the form of the OCI image specification. */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a digest starts with " + PREFIX + ": " + text);
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** The form {@code sha256:HEX}. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
