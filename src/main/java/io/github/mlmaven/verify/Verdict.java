package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Severity;
import java.util.Collection;
import java.util.Locale;

/** What came of a check, a model or a whole build; heavier ones later. */
public enum Verdict {
    /** A check that another one's failure left nothing to judge for; never the verdict of a model. */
    SKIP,
    PASS,
    WARN,
    FAIL;

    /** The form in reports: {@code pass}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Fails by any error, else warns by any warning. */
    public static Verdict of(Collection<Finding> findings) {
        if (findings.stream().anyMatch(Finding::isError)) {
            return FAIL;
        }
        return findings.stream().anyMatch(f -> f.severity() == Severity.WARNING) ? WARN : PASS;
    }
}
