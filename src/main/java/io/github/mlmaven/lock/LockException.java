package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The build does not agree with its lock, or the lock cannot be read or made; carries everything there is to say. */
public final class LockException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    public LockException(List<Finding> findings) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }
}
