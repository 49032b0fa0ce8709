package io.github.mlmaven.serving.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of a URL without its percent-encoding (RFC 3986 §2.1). */
final class UrlPath {

    private UrlPath() {}

    /** Empty when it is not encoded in order. */
    static Optional<String> decoded(String encoded) {
        try {
            // A plus is a plus in a path; URLDecoder is made for forms.
            return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Between its slashes, of which one that is encoded is none. Empty when a segment is not encoded in order. */
    static Optional<List<String>> segments(String encoded) {
        List<String> segments = new ArrayList<>();
        for (String segment : encoded.split("/", 0)) {
            Optional<String> decoded = decoded(segment);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            segments.add(decoded.get());
        }
        return Optional.of(segments);
    }
}
