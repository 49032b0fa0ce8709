package io.github.mlmaven.image;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an image is built on. */
public sealed interface BaseImage {

    /** What identifies it, for these platforms. */
    BaseIdentity identity(Collection<Platform> platforms);

    /**
     * Self-contained, from scratch: a runtime linked from a JDK, and the shared libraries that it and the engine need.
     *
     * @param source the JDK
     * @param additionalModules modules beyond those that the server and the project's classes need
     * @param identity what identifies it; no other of the machine's libraries goes into the image
     */
    record Jdk(JdkSource source, List<String> additionalModules, BaseIdentity.Jdk identity) implements BaseImage {
        public Jdk {
            additionalModules = List.copyOf(additionalModules);
        }

        @Override
        public BaseIdentity.Jdk identity(Collection<Platform> platforms) {
            return identity;
        }
    }

    /**
     * An image in a registry.
     *
     * @param reference its name as the user wrote it
     * @param digests of its manifest for each of the image's platforms; that is what is pulled
     */
    record Registry(String reference, SortedMap<Platform, Digest> digests) implements BaseImage {
        public Registry {
            digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        }

        /** A base for one platform. */
        public static Registry of(String reference, Platform platform, Digest digest) {
            return new Registry(reference, new TreeMap<>(Map.of(platform, digest)));
        }

        /** The digest of its manifest for one of the image's platforms. */
        public Digest digest(Platform platform) {
            return Objects.requireNonNull(digests.get(platform), platform::toString);
        }

        @Override
        public BaseIdentity.Registry identity(Collection<Platform> platforms) {
            return BaseIdentity.Registry.of(
                    reference, platforms.stream().collect(Collectors.toMap(Platform::toString, this::digest)));
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
        public BaseIdentity.Registry identity(Collection<Platform> platforms) {
            return BaseIdentity.Registry.of(
                    image.reference(),
                    platforms.stream().collect(Collectors.toMap(Platform::toString, platform -> id)));
        }
    }
}
