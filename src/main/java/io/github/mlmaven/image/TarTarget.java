package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One tar, which is an OCI layout and a Docker archive.
 *
 * @param file the tar; until it is complete, there is none of that name
 */
public record TarTarget(Path file) implements ImageTarget {

    @Override
    public void check() {
        // A tar of an earlier build is gone before anything else happens.
    }

    @Override
    public Placement put(OciImage image) throws IOException {
        image.write(file);
        return new Placement.Tar(file);
    }
}
