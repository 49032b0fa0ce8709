package io.github.mlmaven.report;

import io.github.mlmaven.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A finding as lines of text: what and where first, then expected, found and next below each other. */
public final class FindingText {

    private FindingText() {}

    /** The lines of one finding. */
    public static List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(Plain.text(finding.severity().name().toLowerCase(Locale.ROOT) + " "
                + finding.id().id() + " " + finding.place() + ": " + finding.message()));
        Table table = new Table("    ");
        finding.expected().ifPresent(expected -> table.row("expected", Plain.text(expected)));
        finding.found().ifPresent(found -> table.row("found", Plain.text(found)));
        table.row("next", Plain.text(finding.next()));
        lines.addAll(table.lines());
        return lines;
    }
}
