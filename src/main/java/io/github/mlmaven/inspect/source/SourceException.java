package io.github.mlmaven.inspect.source;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** A model that cannot be had from where it should come from. */
public final class SourceException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;

    /** For these reasons, at least one. */
    public SourceException(List<Finding> findings) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** For this reason. */
    public SourceException(Finding finding) {
        this(List.of(finding));
    }

    public List<Finding> findings() {
        return findings;
    }
}
