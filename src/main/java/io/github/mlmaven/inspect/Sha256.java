package io.github.mlmaven.inspect;

import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Digests files. */
public final class Sha256 {

    private Sha256() {}

    /**
     * Reads a file to its end.
     *
     * @param folder the folder that paths start from
     * @param path the file's path below it, with {@code /}
     */
    public static ModelFile of(Path folder, String path) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (InputStream in = Files.newInputStream(folder.resolve(path))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return new ModelFile(path, size, new Digest(Hex.encodeHexString(digest.digest())));
    }
}
