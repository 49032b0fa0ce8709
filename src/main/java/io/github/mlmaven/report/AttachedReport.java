package io.github.mlmaven.report;

import io.github.mlmaven.image.referrer.Attached;
import java.util.ArrayList;
import java.util.List;

/** What refers to an image now, as lines of text. */
public final class AttachedReport {

    private AttachedReport() {}

    /** The lines. */
    public static List<String> lines(Attached attached) {
        List<String> lines = new ArrayList<>();
        lines.add("Attached to " + attached.subject() + "@" + attached.image());
        Table documents = new Table("  ");
        attached.documents()
                .forEach(document -> documents.row(
                        Plain.text(document.name()), document.digest().toString()));
        lines.addAll(documents.lines());
        attached.tag().ifPresent(tag -> lines.add("  listed under the tag " + tag));
        return lines;
    }
}
