package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A base image that is in no registry. What identifies it is the digest of its configuration, which names its layers by
 * what is in them: {@code docker save} writes other bytes each time, but of one image always the same configuration.
 */
public sealed interface LocalImage {

    /** How the lock and messages name it. */
    String reference();

    /** How the image that is built on it names it. */
    String label();

    /** Finds out what identifies it now. */
    BaseIdentity.Registry identify() throws ImageException, IOException, InterruptedException;

    /**
     * Opens it.
     *
     * @param id what it was identified by
     * @param scratch a file that may be written for that, and is the caller's to delete
     */
    SavedImage open(Digest id, Path scratch) throws ImageException, IOException, InterruptedException;

    /**
     * The image that a base says, if it says one of this machine: {@code tar://FILE} or {@code docker://NAME}.
     *
     * @param base what the user said
     * @param folder of the project, to which a file's path is relative
     * @throws ImageException when what follows cannot be the name of a file or an image
     */
    static Optional<LocalImage> of(String base, Path folder) throws ImageException {
        if (base.startsWith(BaseIdentity.Registry.TAR)) {
            return Optional.of(Tar.of(base, folder.toAbsolutePath().normalize()));
        }
        return base.startsWith(BaseIdentity.Registry.DOCKER)
                ? Optional.of(Docker.of(base.substring(BaseIdentity.Registry.DOCKER.length())))
                : Optional.empty();
    }

    /**
     * A file that {@code docker save} wrote.
     *
     * @param reference without a folder of the machine: relative to the project, or of an absolute path the last name
     * @param file the file
     */
    record Tar(String reference, Path file) implements LocalImage {

        private static Tar of(String base, Path folder) throws ImageException {
            String path = base.substring(BaseIdentity.Registry.TAR.length());
            try {
                Path file = folder.resolve(path).normalize();
                Path name = file.getFileName();
                if (!path.isEmpty() && name != null) {
                    // The same in the copy of the project that ml.reproduce builds, wherever that is.
                    Path place = Path.of(path).isAbsolute() ? name : folder.relativize(file);
                    return new Tar(BaseIdentity.Registry.TAR + place.toString().replace('\\', '/'), file);
                }
            } catch (InvalidPathException e) {
                // As if there were none.
            }
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    "ml.image.base",
                    "not the name of a file",
                    "tar://FILE",
                    base,
                    "Set ml.image.base, for example to tar://src/main/docker/base.tar."));
        }

        @Override
        public String label() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public BaseIdentity.Registry identify() throws ImageException, IOException {
            return SavedImage.open(reference, file).identity();
        }

        @Override
        public SavedImage open(Digest id, Path scratch) throws ImageException, IOException {
            return SavedImage.open(reference, file).require(id);
        }
    }

    /**
     * An image of the Docker daemon.
     *
     * @param name its name as the user wrote it
     */
    record Docker(String name) implements LocalImage {

        private static Docker of(String name) throws ImageException {
            // Which also sees to it that it is no option of the program.
            ImageName.parseBase(name);
            return new Docker(name);
        }

        @Override
        public String reference() {
            return BaseIdentity.Registry.DOCKER + name;
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        public BaseIdentity.Registry identify() throws ImageException, IOException, InterruptedException {
            return new DockerImages().identify(name);
        }

        @Override
        public SavedImage open(Digest id, Path scratch) throws ImageException, IOException, InterruptedException {
            new DockerImages().save(name, id, scratch);
            return SavedImage.open(reference(), scratch).require(id);
        }
    }
}
