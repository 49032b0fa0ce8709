package io.github.mlmaven.image.referrer;

import io.github.mlmaven.model.Digest;
import java.util.List;
import java.util.Optional;

/**
 * Documents that refer to an image now.
 *
 * @param subject the image, without its digest: a repository, or a folder
 * @param image the digest of its manifest
 * @param documents what refers to it
 * @param tag the tag that lists them, where the registry keeps no list
 */
public record Attached(String subject, Digest image, List<Document> documents, Optional<String> tag) {

    public Attached {
        documents = List.copyOf(documents);
    }

    /**
     * One of them.
     *
     * @param name its file name
     * @param digest of the manifest that names it
     */
    public record Document(String name, Digest digest) {}
}
