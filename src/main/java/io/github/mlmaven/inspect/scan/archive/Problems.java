package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one archive; a hostile one does not get to fill the report. */
final class Problems {

    static final String UNPACK = "Unpack it yourself and keep only what the model needs.";

    private static final int MOST = 100;
    private static final String RESTORE = "Restore it from its source.";

    private final String place;
    private final List<Finding> findings = new ArrayList<>();
    private int more;

    Problems(Content archive) {
        place = archive.place();
    }

    /** The archive is built to hurt or to hide. */
    void archive(String message, String expected, String found) {
        add(Finding.of(FindingId.SAFE_ARCHIVE, place, message, expected, found, UNPACK));
    }

    /** One of its entries is. */
    void entry(EntryName name, String message, String expected, String found) {
        add(Finding.of(FindingId.SAFE_ARCHIVE, place(name), message, expected, found, UNPACK));
    }

    /** The archive breaks the rules of its format. */
    void corrupt(String message, String expected, String found) {
        add(Finding.of(FindingId.MODEL_CORRUPT, place, message, expected, found, RESTORE));
    }

    /** One of its entries does. */
    void corrupt(EntryName name, String message, String expected, String found) {
        add(Finding.of(FindingId.MODEL_CORRUPT, place(name), message, expected, found, RESTORE));
    }

    /** It ends before its content does. */
    void truncated(String message, String expected, String found) {
        add(Finding.of(FindingId.MODEL_TRUNCATED, place, message, expected, found, RESTORE));
    }

    /** The name of an entry is one that whoever unpacks should not follow. */
    void name(EntryName name) {
        name.danger()
                .ifPresent(danger -> entry(
                        name, "the name of an entry is not a plain path", "names within the archive, with /", danger));
    }

    void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        } else {
            more++;
        }
    }

    String place(EntryName name) {
        return place + Content.WITHIN + name.shown();
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (more > 0) {
            all.add(Finding.of(
                    FindingId.SAFE_ARCHIVE,
                    place,
                    "there is more wrong with the archive than is worth telling",
                    "nothing",
                    more + " more findings",
                    UNPACK));
        }
        return all;
    }
}
