package io.github.mlmaven.image;

import io.github.mlmaven.model.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What pins a base image in the lock. */
public sealed interface BaseIdentity {

    /**
     * A JDK.
     *
     * @param vendor who built it
     * @param version its full version
     * @param modules digest of {@code lib/modules}, which holds all of its classes
     */
    record Jdk(String vendor, String version, Digest modules) implements BaseIdentity {
        @Override
        public String toString() {
            return "jdk " + vendor + " " + version;
        }
    }

    /**
     * An image in a registry.
     *
     * @param reference its name as the user wrote it
     * @param digests of its manifest, for each platform asked for
     */
    record Registry(String reference, SortedMap<Platform, Digest> digests) implements BaseIdentity {
        public Registry {
            digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        }

        /** An image with one platform. */
        static Registry of(String reference, Platform platform, Digest digest) {
            return new Registry(reference, new TreeMap<>(Map.of(platform, digest)));
        }

        @Override
        public String toString() {
            return reference + " " + digests;
        }
    }
}
