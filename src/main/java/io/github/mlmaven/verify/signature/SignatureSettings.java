package io.github.mlmaven.verify.signature;

import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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
    public record Trusted(Path file, String place) {

        /** Keys and certificates are small; what follows is not read. */
        private static final int MAX_BYTES = 1 << 20;

        /** What is in the file. */
        byte[] read() throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(MAX_BYTES);
            }
        }

        /**
         * What is trusted, whatever the file is called: the SHA-256 of its bytes; of text, as PEM is, without the carriage
         * returns that a checkout may add. Empty if it cannot be read.
         */
        public Optional<Digest> digest() {
            try {
                byte[] bytes = read();
                // Certificates may be in DER too, where every byte means something, and which is never ASCII.
                boolean text = StandardCharsets.US_ASCII
                        .newEncoder()
                        .canEncode(new String(bytes, StandardCharsets.ISO_8859_1));
                MessageDigest sha256 = Hashes.sha256();
                for (byte b : bytes) {
                    if (!text || b != '\r') {
                        sha256.update(b);
                    }
                }
                return Optional.of(new Digest(HexFormat.of().formatHex(sha256.digest())));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
