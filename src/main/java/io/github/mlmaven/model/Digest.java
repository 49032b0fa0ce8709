package io.github.mlmaven.model;

import java.util.regex.Pattern;

/**
 * A SHA-256 digest, 64 lower-case hexadecimal digits.
 *
 * @param hex the digits, without the algorithm's name
 */
public record Digest(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 digest is 64 lower-case hexadecimal digits: " + hex);
        }
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
