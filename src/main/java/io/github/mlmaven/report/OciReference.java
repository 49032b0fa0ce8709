package io.github.mlmaven.report;

import java.util.Optional;

/**
 * The parts of an image's reference, {@code [REGISTRY/]PATH[:TAG][@DIGEST]}, which was parsed before.
 *
 * @param repository registry and path, as written
 * @param name the last part of the path
 * @param tag its tag
 */
public record OciReference(String repository, String name, Optional<String> tag) {

    /** Takes a reference apart; its digest is left out. */
    public static OciReference of(String reference) {
        int at = reference.indexOf('@');
        String tagged = at < 0 ? reference : reference.substring(0, at);
        int slash = tagged.lastIndexOf('/');
        // A colon before the last slash is that of a port.
        int colon = tagged.indexOf(':', slash + 1);
        String repository = colon < 0 ? tagged : tagged.substring(0, colon);
        return new OciReference(
                repository,
                repository.substring(slash + 1),
                colon < 0 ? Optional.empty() : Optional.of(tagged.substring(colon + 1)));
    }
}
