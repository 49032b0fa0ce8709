package io.github.mlmaven.finding;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What counts in a project: how much kinds of findings weigh, and which risks of its files are accepted.
 *
 * @param levels what was made of a kind of finding; all others weigh what their check says
 * @param accepts accepted findings, each by its file; they come before levels
 */
public record Policy(Map<FindingId, Level> levels, List<Accept> accepts) {

    /** Everything weighs what its check says. */
    public static final Policy DEFAULT = new Policy(Map.of(), List.of());

    private static final String SAFE = "ML-SAFE-";

    public Policy {
        levels = Map.copyOf(levels);
        accepts = List.copyOf(accepts);
        levels.forEach((id, level) -> {
            if (level != Level.FAIL && !weakens(id)) {
                throw new IllegalArgumentException(id.id() + " cannot be " + level.id());
            }
        });
        for (Accept accept : accepts) {
            if (!accepts(accept.id()) || accept.reason().isBlank()) {
                throw new IllegalArgumentException("not to be accepted: " + accept);
            }
        }
    }

    /**
     * Whether a level may make less of a kind of finding. Not of malicious code, and not where nothing can go on: there is
     * no model, no lock or no image then that anything could be done with.
     */
    static boolean weakens(FindingId id) {
        return switch (id) {
            case SAFE_MALICIOUS,
                    MODEL_MISSING,
                    MODEL_LAYOUT,
                    MODEL_EMPTY,
                    MODEL_LFS,
                    MODEL_FORMAT,
                    MODEL_TRUNCATED,
                    MODEL_CORRUPT,
                    MODEL_LIMIT,
                    MODEL_UNREADABLE,
                    MODEL_STRUCTURE,
                    MODEL_EXTERNAL,
                    MODEL_ENGINE,
                    MODEL_FORK,
                    CONTRACT_TYPE,
                    LOCK_INVALID,
                    LOCK_VERSION,
                    LOCK_REFUSED,
                    LOCK_UNRESOLVED,
                    IMAGE_BASE,
                    IMAGE_NAME,
                    IMAGE_CONTENT,
                    IMAGE_PLATFORM,
                    IMAGE_SMOKE -> false;
            default -> true;
        };
    }

    /** Whether findings of a kind are accepted one by one. */
    static boolean accepts(FindingId id) {
        return id.id().startsWith(SAFE);
    }

    /** The findings as they count; those that are off are gone, accepted ones say why. */
    public List<Finding> apply(List<Finding> findings) {
        return findings.stream().flatMap(finding -> judge(finding).stream()).toList();
    }

    /**
     * The accepts that nothing was found for.
     *
     * @param findings everything that was found, after {@link #apply}
     */
    public List<Finding> unused(List<Finding> findings) {
        List<Finding> accepted = findings.stream()
                .filter(finding -> accepts.stream().anyMatch(accept -> accept.explains(finding)))
                .toList();
        return apply(accepts.stream()
                .filter(accept -> accepted.stream().noneMatch(accept::matches))
                .map(accept -> Finding.of(
                        FindingId.ACCEPT_UNUSED,
                        accept.file(),
                        accept.id().id() + " is accepted (" + accept.reason() + ") but was not found there",
                        "Remove the <accept>, or correct its <file> to the place that the finding names."))
                .toList());
    }

    private Optional<Finding> judge(Finding finding) {
        Optional<Accept> accepted =
                accepts.stream().filter(accept -> accept.matches(finding)).findFirst();
        if (accepted.isPresent()) {
            return accepted.map(accept -> accept.on(finding));
        }
        Level level = levels.get(finding.id());
        return level == null ? Optional.of(finding) : level.severity().map(finding::weighing);
    }
}
