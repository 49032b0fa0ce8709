package io.github.mlmaven.image.referrer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that tells of an image.
 *
 * @param name its file name
 * @param type its media type, which is also what kind of an artifact it is
 * @param content its bytes
 */
public record Attachment(String name, String type, byte[] content) {

    public Attachment {
        content = content.clone();
    }

    /** A file as it is now. */
    public static Attachment of(Path file, String type) throws IOException {
        return new Attachment(String.valueOf(file.getFileName()), type, Files.readAllBytes(file));
    }

    /** Its bytes. */
    @Override
    public byte[] content() {
        return content.clone();
    }
}
