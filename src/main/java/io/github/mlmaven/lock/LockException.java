package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The build does not agree with its lock, or the lock cannot be read or made; carries everything there is to say. */
public final class LockException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final transient Optional<LockDifference> difference;

    public LockException(List<Finding> findings) {
        this(findings, Optional.empty());
    }

    LockException(LockDifference difference) {
        this(difference.findings(), Optional.of(difference));
    }

    private LockException(List<Finding> findings, Optional<LockDifference> difference) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
        this.difference = difference;
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }

    /** What differs from the lock, if that is what is wrong. */
    public Optional<LockDifference> difference() {
        return difference;
    }
}
