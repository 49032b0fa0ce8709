package io.github.mlmaven.report;

import io.github.mlmaven.lock.Drift;
import io.github.mlmaven.lock.LockDifference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** What differs from a lock as tables: contracts, then everything else with where it came from. */
public final class LockReport {

    /** A new parent may change hundreds of artifacts: a log shows the first, reports have all. */
    private static final int SHOWN = 200;

    /** Enough of a digest to tell two apart at a glance; findings have all of it. */
    private static final Pattern DIGEST = Pattern.compile("(sha256:[0-9a-f]{12})[0-9a-f]{52}");

    private LockReport() {}

    /**
     * Tables of a difference; nothing where there is none.
     *
     * @param file the lock file, as messages name it
     */
    public static List<String> lines(String file, LockDifference difference) {
        List<String> lines = new ArrayList<>(ContractReport.lines(difference.contracts()));
        List<Drift> drifts = difference.drifts();
        if (drifts.isEmpty()) {
            return lines;
        }
        lines.add(file + ": " + size(drifts));
        Table table = new Table("  ").row("what", "locked", "found", "came");
        drifts.stream()
                .limit(SHOWN)
                .forEach(drift -> table.row(
                        Plain.text(drift.where()),
                        cell(drift.expected().orElse("-")),
                        cell(drift.found().orElse("-")),
                        Plain.text(drift.through().orElse(""))));
        lines.addAll(table.lines());
        if (drifts.size() > SHOWN) {
            lines.add("  and " + (drifts.size() - SHOWN) + " more");
        }
        return lines;
    }

    /** The size of a difference: {@code 3 differences: 1 changed, 2 missing}. */
    private static String size(List<Drift> drifts) {
        Map<Drift.Kind, Integer> counts = new EnumMap<>(Drift.Kind.class);
        drifts.forEach(drift -> counts.merge(drift.kind(), 1, Integer::sum));
        StringJoiner kinds = new StringJoiner(", ");
        for (Drift.Kind kind : List.of(Drift.Kind.CHANGED, Drift.Kind.MISSING, Drift.Kind.EXTRANEOUS)) {
            Integer count = counts.get(kind);
            if (count != null) {
                kinds.add(count + " " + kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return drifts.size() + (drifts.size() == 1 ? " difference: " : " differences: ") + kinds;
    }

    private static String cell(String text) {
        return DIGEST.matcher(Plain.text(text)).replaceAll("$1");
    }
}
