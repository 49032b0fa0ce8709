package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.Optional;

/**
 * One thing that is not as it was locked.
 *
 * @param kind how it differs
 * @param what what it is, for example {@code dependency}
 * @param where its place in the lock, for example {@code models/NAME/model.onnx} or {@code dependencies/GROUP:NAME}
 * @param expected what is locked; empty if nothing is
 * @param found what is there; empty if nothing is
 * @param through through what it came: {@code direct}, or what depends on it; empty if it is not there or is no artifact
 * @param next the next step
 */
public record Drift(
        Kind kind,
        String what,
        String where,
        Optional<String> expected,
        Optional<String> found,
        Optional<String> through,
        String next) {

    /** How something differs from the lock. */
    public enum Kind {
        /** Locked, not found. */
        MISSING("is locked, but is not there"),
        /** Found, not locked. */
        EXTRANEOUS("is there, but is not locked"),
        /** Locked and found, not equal. */
        CHANGED("is not the one that was locked");

        private final String says;

        Kind(String says) {
            this.says = says;
        }
    }

    /** The drift as a finding. */
    public Finding toFinding() {
        return new Finding(
                FindingId.LOCK_DRIFT,
                FindingId.LOCK_DRIFT.severity(),
                where,
                "the " + what + through.map(path -> " (" + path + ")").orElse("") + " " + kind.says,
                expected,
                found,
                next);
    }
}
