package io.github.mlmaven.verify.signature;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reads {@code model.sig} and what is signed in it, both bounded. */
final class SignatureFile {

    static final String NAME = "model.sig";

    /** A manifest of forty thousand files has fewer. */
    static final int MAX_BYTES = 8 << 20;

    private static final int MAX_MESSAGE = 300;

    private SignatureFile() {}

    static Bundle bundle(Path folder) throws SignatureException, IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw SignatureException.invalid("the signature is not a plain file", "a plain file", "something else");
        }
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw SignatureException.invalid(
                    "the signature is too large", "at most " + MAX_BYTES + " bytes", size + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read("the signature is not a Sigstore bundle", in, Bundle::read);
        }
    }

    /** Only of bytes whose signature is right. */
    static Statement statement(byte[] payload) throws SignatureException, IOException {
        return read("what is signed is not a statement of in-toto", new ByteArrayInputStream(payload), Statement::read);
    }

    private static <T> T read(String wrong, InputStream in, JsonFields.Document<T> document)
            throws SignatureException, IOException {
        try {
            return JsonFields.read(in, document);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            String message = e.getOriginalMessage().replaceAll("\\p{Cntrl}", " ");
            message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
            throw SignatureException.invalid(wrong, "JSON as model_signing 1 writes it", message + where);
        }
    }
}
