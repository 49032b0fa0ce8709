package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.List;
import java.util.stream.Collectors;

/** An image that cannot be built, and all that is known of why. */
public final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Several reasons. */
    public ImageException(List<Finding> findings) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** One reason. */
    public ImageException(Finding finding) {
        this(List.of(finding));
    }

    /** One reason without an expectation. */
    public ImageException(FindingId id, String place, String message, String next) {
        this(Finding.of(id, place, message, next));
    }

    /** Why, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
