package io.github.mlmaven.lock;

import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Digests of files, over all cores. */
final class FileDigests {

    private FileDigests() {}

    /** The digest of every file, each read once. */
    static Map<Path, Digest> of(Collection<Path> files) throws IOException {
        try {
            return new HashSet<>(files)
                    .parallelStream().collect(Collectors.toMap(Function.identity(), FileDigests::of));
        } catch (UncheckedIOException e) {
            throw new IOException("cannot read an artifact: " + e.getMessage(), e);
        }
    }

    private static Digest of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new Digest(DigestUtils.sha256Hex(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
