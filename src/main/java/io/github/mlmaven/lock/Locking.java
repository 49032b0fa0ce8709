package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a lock file and what is there together: creates, checks or accepts. */
public final class Locking {

    private static final String COMMIT = "Run `mvn ml:lock` on a developer machine and commit ";

    private Locking() {}

    /**
     * Settles a lock.
     *
     * @param found what is there now
     * @param file the lock file
     * @param mode why it is looked at
     * @param locked whether the file may neither be created nor changed: {@code -Dml.locked}, or {@code CI=true}
     * @throws LockException with every finding, if the file cannot be read, or differs, or may not be made; the file
     *     then is as it was
     */
    public static LockOutcome settle(FoundLock found, LockFile file, LockMode mode, boolean locked)
            throws LockException, IOException, InterruptedException {
        if (mode != LockMode.ACCEPT && (locked || file.read().isPresent())) {
            return settle(found, Map.of(), file, mode, locked);
        }
        LockGuard guard = file.guard();
        try {
            return settle(found, Map.of(), file, mode, locked);
        } finally {
            guard.close();
        }
    }

    /**
     * What {@link LockMode#ACCEPT} would change; nothing is written.
     *
     * @return the difference, or empty if there is no lock file yet
     */
    public static Optional<LockDifference> preview(FoundLock found, LockFile file) throws LockException, IOException {
        Optional<Lock> there = file.read();
        return there.map(lock -> LockDifference.between(lock, found.against(lock), Map.of()));
    }

    /**
     * Checks although some models failed their own checks.
     *
     * @param failed what is known of each model that failed, by its name
     */
    public static LockOutcome check(FoundLock found, Map<String, FailedModel> failed, LockFile file, boolean locked)
            throws LockException, IOException {
        return settle(found, failed, file, LockMode.CHECK, locked);
    }

    /**
     * Recording outputs changes what the lock holds.
     *
     * @param place the golden folder, for messages
     */
    public static LockException recordingRefused(String place) {
        return new LockException(List.of(Finding.of(
                FindingId.LOCK_REFUSED,
                place,
                "-Dml.golden.record would write golden data, and -Dml.locked or CI=true forbids that",
                "Run `mvn ml:lock -Dml.golden.record` on a developer machine and commit what it wrote.")));
    }

    private static LockOutcome settle(
            FoundLock now, Map<String, FailedModel> failed, LockFile file, LockMode mode, boolean locked)
            throws LockException, IOException {
        if (mode == LockMode.ACCEPT && locked) {
            throw new LockException(List.of(Finding.of(
                    FindingId.LOCK_REFUSED,
                    file.place(),
                    "`mvn ml:lock` would change the lock file, and -Dml.locked or CI=true forbids that",
                    COMMIT + file.place() + ".")));
        }
        Optional<Lock> there = file.read();
        if (there.isEmpty()) {
            return absent(now.lock(), file, mode, locked);
        }
        FoundLock found = now.against(there.get());
        LockDifference difference = LockDifference.between(there.get(), found, failed);
        if (mode == LockMode.ACCEPT) {
            if (there.get().equals(found.lock())) {
                return new LockOutcome.Unchanged();
            }
            file.write(found.lock());
            return new LockOutcome.Updated(difference);
        }
        if (!difference.passes()) {
            throw new LockException(difference);
        }
        return difference.isEmpty() ? new LockOutcome.Unchanged() : new LockOutcome.Extended(difference);
    }

    private static LockOutcome absent(Lock found, LockFile file, LockMode mode, boolean locked)
            throws LockException, IOException {
        if (locked) {
            throw new LockException(List.of(Finding.of(
                    FindingId.LOCK_MISSING,
                    file.place(),
                    "there is no lock file, and -Dml.locked or CI=true forbids to create one",
                    COMMIT + file.place() + ".")));
        }
        if (mode == LockMode.CHECK) {
            return new LockOutcome.Absent(new Finding(
                    FindingId.LOCK_MISSING,
                    Severity.WARNING,
                    file.place(),
                    "there is no lock file to check against",
                    Optional.empty(),
                    Optional.empty(),
                    "Run `mvn ml:lock` and commit " + file.place() + "."));
        }
        file.write(found);
        return new LockOutcome.Created();
    }
}
