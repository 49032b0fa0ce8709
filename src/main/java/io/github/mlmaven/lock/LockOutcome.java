package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;

/** What became of the lock file; everything else is a {@link LockException}. */
public sealed interface LockOutcome {

    /** It was written where there was none. */
    record Created() implements LockOutcome {}

    /** It agrees with what is there. */
    record Unchanged() implements LockOutcome {}

    /**
     * It agrees with what is there but for contracts, whose change no client need notice.
     *
     * @param difference contracts alone
     */
    record Extended(LockDifference difference) implements LockOutcome {}

    /**
     * It was written anew.
     *
     * @param difference what was accepted; empty when only the ids of repositories differed
     */
    record Updated(LockDifference difference) implements LockOutcome {}

    /**
     * There is none, and none was to be made.
     *
     * @param warning what to say about that
     */
    record Absent(Finding warning) implements LockOutcome {}
}
