package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.ArrayList;
import java.util.List;

/** Says what was found in pickles. */
final class PickleFindings {

    private static final String ASK = "Do not load it anywhere, not even to convert it; ask where it comes from.";
    private static final String RESTORE = "Restore it from its source, or save it again.";

    private PickleFindings() {}

    /**
     * All that there is to say.
     *
     * @param format what the file is: {@code a Python pickle, protocol 4}
     */
    static List<Finding> of(String place, Trail trail, String format) {
        List<Finding> findings = new ArrayList<>();
        boolean harm = !trail.harm().isEmpty();
        if (harm) {
            findings.add(Finding.of(
                    FindingId.SAFE_MALICIOUS,
                    place,
                    "loading it " + String.join(", ", trail.harms()),
                    "globals that hold only data",
                    trail.harm().toString(),
                    ASK));
        }
        findings.add(Finding.of(
                FindingId.SAFE_PICKLE,
                place,
                "a pickle is an unsafe format: loading one can run any code",
                "a format that holds only data",
                format,
                harm ? ASK : Advice.on(trail.packages())));
        if (!trail.code().isEmpty()) {
            findings.add(Finding.of(
                    FindingId.SAFE_CODE,
                    place,
                    "it carries Python code of its own",
                    "globals that hold only data",
                    trail.code().toString(),
                    harm ? ASK : "Put the code into a module, or export the model to ONNX, which has no code."));
        }
        if (!trail.unknown().isEmpty()) {
            findings.add(Finding.of(
                    FindingId.SAFE_IMPORT,
                    place,
                    "it imports what is not known to hold only data",
                    "globals that docs/checks.md lists under ML-SAFE-IMPORT",
                    trail.unknown().toString(),
                    harm
                            ? ASK
                            : "Find out what these are before anybody loads it; classes of the library that trained the model"
                                    + " are to be expected."));
        }
        broken(place, trail, findings);
        return findings;
    }

    private static void broken(String place, Trail trail, List<Finding> findings) {
        trail.broken().ifPresent(reason -> {
            FindingId id = switch (reason.reason()) {
                case TRUNCATED -> FindingId.MODEL_TRUNCATED;
                case LIMIT -> FindingId.MODEL_LIMIT;
                case WRONG, UNREADABLE -> FindingId.MODEL_CORRUPT;
            };
            String found = reason.what() + " at byte " + trail.brokenAt();
            findings.add(Finding.of(id, place, "the pickle breaks off", "opcodes up to a STOP", found, RESTORE));
        });
        trail.limit()
                .ifPresent(limit -> findings.add(Finding.of(
                        FindingId.MODEL_LIMIT,
                        place,
                        "not all of the pickle was looked at",
                        "what honest pickles need",
                        limit,
                        "Find out where it comes from.")));
        if (trail.following() > 0 && !trail.hasTorchMagic() && trail.broken().isEmpty()) {
            findings.add(Finding.of(
                    FindingId.MODEL_CORRUPT,
                    place,
                    "something follows the pickle",
                    "nothing, or another pickle",
                    trail.following() + " bytes",
                    RESTORE));
        }
    }
}
