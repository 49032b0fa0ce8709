package io.github.mlmaven.model;

/**
 * A file that a model consists of.
 *
 * @param path its path below the model's folder, with {@code /}, never absolute and without {@code .} or {@code ..}
 * @param size bytes
 * @param digest of all its bytes
 */
public record ModelFile(String path, long size, Digest digest) {

    public ModelFile {
        if (path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a relative path with forward slashes: " + path);
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("not a normalised path: " + path);
            }
        }
        if (size < 0) {
            throw new IllegalArgumentException("negative size: " + size);
        }
    }
}
