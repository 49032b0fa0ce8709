package io.github.mlmaven.verify.signature;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Compares a file with the digests of its parts, reading it once. */
final class Hashes {

    private static final int BUFFER = 1 << 16;

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether every part is as signed and nothing follows the last one. */
    static boolean fit(Path file, List<Manifest.Part> parts) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            for (Manifest.Part part : parts) {
                long length = part.end().orElse(Long.MAX_VALUE) - part.begin();
                MessageDigest digest = sha256();
                while (length > 0) {
                    int read = in.read(buffer, 0, (int) Math.min(buffer.length, length));
                    if (read < 0) {
                        break;
                    }
                    digest.update(buffer, 0, read);
                    length -= read;
                }
                boolean cut = part.end().isPresent() && length > 0;
                if (cut || !HexFormat.of().formatHex(digest.digest()).equals(part.digest())) {
                    return false;
                }
            }
            return in.read() < 0;
        }
    }
}
