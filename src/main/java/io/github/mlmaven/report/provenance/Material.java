package io.github.mlmaven.report.provenance;

import io.github.mlmaven.model.Digest;
import java.util.Optional;

/**
 * Something that went into the build: a ResourceDescriptor of in-toto.
 *
 * @param name what the build calls it
 * @param uri what names it everywhere
 * @param algorithm the kind of its digest; empty when the build itself makes it
 * @param digest its digest, in hexadecimal
 */
record Material(String name, Optional<String> uri, String algorithm, String digest) {

    private static final String SHA256 = "sha256";
    private static final String GIT = "gitCommit";

    static Material file(String name, Digest digest) {
        return new Material(name, Optional.empty(), SHA256, digest.hex());
    }

    static Material named(String name, String uri, Digest digest) {
        return new Material(name, Optional.of(uri), SHA256, digest.hex());
    }

    static Material ofThisBuild(String name, String uri) {
        return new Material(name, Optional.of(uri), "", "");
    }

    static Material of(SourceCommit commit) {
        return new Material(
                "source",
                commit.repository().map(repository -> "git+" + Redaction.withoutUser(repository)),
                GIT,
                commit.id());
    }
}
