package io.github.mlmaven.lock;

import io.github.mlmaven.model.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Exactly which base an image is built on; {@code toString} is the form in messages. */
public sealed interface BaseIdentity {

    /**
     * An image, in a registry or on this machine.
     *
     * @param reference the reference in the registry as configured; or {@value #TAR} with a file without the machine's
     *     folders, or {@value #DOCKER} with the name that a Docker daemon knows it by
     * @param platforms the digest by platform, for example {@code linux/amd64}; at least one. In a registry it is that of
     *     the manifest, on a machine that of the configuration, as there is no lasting manifest
     */
    record Registry(String reference, SortedMap<String, Digest> platforms) implements BaseIdentity {

        /** What the reference of a file begins with. */
        public static final String TAR = "tar://";

        /** What the reference of an image of a Docker daemon begins with. */
        public static final String DOCKER = "docker://";

        public Registry {
            platforms = Collections.unmodifiableSortedMap(new TreeMap<>(platforms));
            if (reference.isEmpty() || platforms.isEmpty()) {
                throw new IllegalArgumentException("a base image has a reference and the digest of a platform");
            }
        }

        /** A base image with its digests by platform. */
        public static Registry of(String reference, Map<String, Digest> platforms) {
            return new Registry(reference, new TreeMap<>(platforms));
        }

        /** Whether it is in no registry. */
        public boolean local() {
            return reference.startsWith(TAR) || reference.startsWith(DOCKER);
        }

        @Override
        public String toString() {
            return platforms.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ", reference + " (", ")"));
        }
    }

    /**
     * The JDK that a self-contained runtime is linked from, on the machine that has it.
     *
     * @param platform what its programs run on, for example {@code linux/amd64}
     * @param vendor its {@code java.vendor}
     * @param version its {@code java.runtime.version}
     * @param modules a digest over its module image, {@code lib/modules}, and the {@code jmods} that a runtime is linked from
     * @param libraries the machine's shared libraries that go with it, and its characters of UTF-8, by absolute path
     */
    record Jdk(String platform, String vendor, String version, Digest modules, SortedMap<String, Digest> libraries)
            implements BaseIdentity {

        public Jdk {
            libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
            if (platform.isEmpty() || vendor.isEmpty() || version.isEmpty()) {
                throw new IllegalArgumentException("a JDK has a platform, a vendor and a version");
            }
        }

        /** The form in messages; libraries are told one by one. */
        @Override
        public String toString() {
            return "JDK " + version + " of " + vendor + " for " + platform + ", modules " + modules;
        }
    }

    /** Of a build that makes no image, where it is only told what went in; a lock file always has a base. */
    record None() implements BaseIdentity {

        @Override
        public String toString() {
            return "none";
        }
    }
}
