package io.github.mlmaven.image;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an image is built on. */
public sealed interface BaseImage {

    /** What identifies it, for one platform. */
    BaseIdentity identity(Platform platform);

    /**
     * Self-contained, from scratch: a runtime linked from a JDK, and the shared libraries that it and the engine need.
     *
     * @param javaHome the JDK
     * @param additionalModules modules beyond those that the server and the project's classes need
     * @param identity what identifies it; no other of the machine's libraries goes into the image
     */
    record Jdk(Path javaHome, List<String> additionalModules, BaseIdentity.Jdk identity) implements BaseImage {
        public Jdk {
            additionalModules = List.copyOf(additionalModules);
        }

        @Override
        public BaseIdentity.Jdk identity(Platform platform) {
            return identity;
        }
    }

    /**
     * An image in a registry.
     *
     * @param reference its name as the user wrote it
     * @param digest of its manifest for the image's platform; that is what is pulled
     */
    record Registry(String reference, Digest digest) implements BaseImage {
        @Override
        public BaseIdentity.Registry identity(Platform platform) {
            return BaseIdentity.Registry.of(reference, Map.of(platform.toString(), digest));
        }
    }

    /**
     * An image in a file or in the Docker daemon.
     *
     * @param image where it is
     * @param id what identifies it; nothing else that is there by then is taken
     */
    record Local(LocalImage image, Digest id) implements BaseImage {

        @Override
        public BaseIdentity.Registry identity(Platform platform) {
            return BaseIdentity.Registry.of(image.reference(), Map.of(platform.toString(), id));
        }
    }
}
