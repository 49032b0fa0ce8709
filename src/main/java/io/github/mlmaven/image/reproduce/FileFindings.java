package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said of an archive whose files are not the same: one finding of the archive, then one of each file, up to a
 * number that can be read.
 *
 * @param place the file that holds the archive
 * @param archive what the archive is called
 * @param files what its entries are called
 */
record FileFindings(String place, String archive, String files) {

    private static final int NAMED = 20;

    static final String NEXT = "Let the build write the same bytes every time: set project.build.outputTimestamp, write"
            + " no time, random number, folder or user into a file, pin the versions of plugins and dependencies.";

    /** All findings; the digests are those of the whole archive. */
    List<Finding> of(List<FileDifference> differences, String first, String second) {
        List<Finding> findings = new ArrayList<>();
        findings.add(finding(message(differences), first, second, NEXT));
        for (FileDifference difference : differences.subList(0, Math.min(NAMED, differences.size()))) {
            findings.add(Finding.of(
                    FindingId.IMAGE_REPRODUCE,
                    place + "!/" + difference.path(),
                    archive + ": it " + difference.what(),
                    difference.first(),
                    difference.second(),
                    "Find out what writes it in another way each time."));
        }
        return findings;
    }

    /** A finding of the archive as a whole. */
    Finding finding(String what, String first, String second, String next) {
        return Finding.of(
                FindingId.IMAGE_REPRODUCE,
                place,
                archive + " is not the same in a second build: " + what,
                first,
                second,
                next);
    }

    private String message(List<FileDifference> differences) {
        int count = differences.size();
        if (count == 1) {
            return "one of its " + files + " differs";
        }
        String all = count + " of its " + files + " differ";
        return count <= NAMED ? all : all + ", " + NAMED + " of which are named, and " + (count - NAMED) + " more";
    }
}
