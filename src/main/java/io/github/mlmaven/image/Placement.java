package io.github.mlmaven.image;

import io.github.mlmaven.model.Digest;
import java.nio.file.Path;
import java.util.List;

/** Where an image is. */
public sealed interface Placement {

    /**
     * In a tar.
     *
     * @param file the tar
     * @param docker what the image runs on that Docker loads from it
     */
    record Tar(Path file, Platform docker) implements Placement {}

    /**
     * In a folder.
     *
     * @param folder the OCI layout
     */
    record Layout(Path folder) implements Placement {}

    /**
     * In the Docker daemon.
     *
     * @param name its name there
     * @param platform what the image runs on that it got
     */
    record Daemon(String name, Platform platform) implements Placement {}

    /**
     * In a registry.
     *
     * @param references its names there, with host and tag, at least one
     * @param digest of the manifest or index that the registry has
     */
    record Registry(List<String> references, Digest digest) implements Placement {
        public Registry {
            references = List.copyOf(references);
        }
    }
}
