package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The build does not agree with its lock, or the lock cannot be read or made; carries everything there is to say. */
public final class LockException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;
    private final transient List<ContractChange> contracts;

    public LockException(List<Finding> findings) {
        this(findings, List.of());
    }

    LockException(LockDifference difference) {
        this(difference.findings(), difference.contracts());
    }

    private LockException(List<Finding> findings, List<ContractChange> contracts) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
        this.contracts = List.copyOf(contracts);
    }

    /** At least one. */
    public List<Finding> findings() {
        return findings;
    }

    /** Each model whose contract is not the locked one. */
    public List<ContractChange> contracts() {
        return contracts;
    }
}
