package io.github.mlmaven.image.referrer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document that tells of an image. */
public final class Attachment {

    private final String name;
    private final String type;
    private final byte[] content;

    /**
     * @param name its file name
     * @param type its media type, which is also what kind of an artifact it is
     * @param content its bytes
     */
    public Attachment(String name, String type, byte[] content) {
        this.name = name;
        this.type = type;
        this.content = content.clone();
    }

    /** A file as it is now. */
    public static Attachment of(Path file, String type) throws IOException {
        return new Attachment(String.valueOf(file.getFileName()), type, Files.readAllBytes(file));
    }

    /** Its file name. */
    public String name() {
        return name;
    }

    /** Its media type. */
    public String type() {
        return type;
    }

    /** Its bytes. */
    public byte[] content() {
        return content.clone();
    }
}
