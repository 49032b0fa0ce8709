package io.github.mlmaven.verify.signature;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose signature a model has.
 *
 * @param publicKey the signer's public key
 * @param certificates certificates of which one must have issued the signer's, or be it
 * @param required whether a model without a signature fails
 */
public record SignatureSettings(Optional<Trusted> publicKey, Optional<Trusted> certificates, boolean required) {

    /** Nothing to verify with. */
    public static final SignatureSettings NONE = new SignatureSettings(Optional.empty(), Optional.empty(), false);

    public SignatureSettings {
        if (publicKey.isPresent() && certificates.isPresent()) {
            throw new IllegalArgumentException(
                    "expected a public key or certificates, found both. Remove the one that the signer does not use");
        }
    }

    /**
     * A PEM file that is trusted.
     *
     * @param file the file
     * @param place its path relative to the project, with {@code /}, for messages
     */
    public record Trusted(Path file, String place) {}
}
