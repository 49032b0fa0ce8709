package io.github.mlmaven.bench;

import java.util.List;
import java.util.Optional;

/**
 * One peer in one case.
 *
 * @param caseId the case
 * @param peer the peer
 * @param rounds each round's figures; none when it could not be measured
 * @param problem why it could not be measured
 */
record Row(String caseId, String peer, List<Sample> rounds, Optional<String> problem) {
    Row {
        rounds = List.copyOf(rounds);
    }

    /** The medians of the rounds. */
    Optional<Sample> median() {
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Sample.median(rounds));
    }

    /** Whether something went wrong; a peer that this machine does not have is no failure. */
    boolean failed() {
        return problem.filter(p -> p.startsWith("failed")).isPresent();
    }
}
