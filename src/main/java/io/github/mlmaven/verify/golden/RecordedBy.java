package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mark of outputs that an engine gave, which stays with them. */
final class RecordedBy {

    /** The parameter of a JSON case that names the engine. */
    static final String PARAMETER = "recorded_by";

    private static final Pattern ENGINE = Pattern.compile("\\P{Cntrl}{1,100}");
    private static final Pattern DOCUMENTATION =
            Pattern.compile("recorded by (" + ENGINE.pattern() + "), not by the training library");

    private RecordedBy() {}

    /** What a {@code TensorProto} says of itself. */
    static String documentation(String engine) {
        return "recorded by " + engine + ", not by the training library";
    }

    /** The engine in what a {@code TensorProto} says of itself. */
    static Optional<String> inDocumentation(String text) {
        Matcher matcher = DOCUMENTATION.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The engine, if it can be one's name. */
    static Optional<String> inParameter(String text) {
        return Optional.of(text).filter(ENGINE.asMatchPredicate());
    }

    /** What to say of such outputs whenever they are compared. */
    static Finding finding(String place, String engine) {
        return Finding.of(
                FindingId.GOLDEN_RECORDED,
                place,
                "the outputs were recorded by " + engine
                        + ", not by the training library: they show changes, not errors" + " of the export",
                "Replace them by what the training library predicts when you can.");
    }
}
