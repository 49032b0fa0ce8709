package io.github.mlmaven.inspect.scan;

import io.github.mlmaven.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found out about one file, or about what is in one.
 *
 * @param place where it is: {@code src/main/model/a.zip!/b.pkl}
 * @param size in bytes
 * @param kind what it is for
 * @param format what it is, in a few words: {@code a Python pickle, protocol 4}
 * @param findings what is wrong with itself, without what is in it
 * @param contents what is in it
 */
public record ScanResult(
        String place, long size, Kind kind, String format, List<Finding> findings, List<ScanResult> contents) {

    public ScanResult {
        findings = List.copyOf(findings);
        contents = List.copyOf(contents);
    }

    /** Without contents. */
    public static ScanResult of(Content content, Kind kind, String format, List<Finding> findings) {
        return new ScanResult(content.place(), content.size(), kind, format, findings, List.of());
    }

    /** Without contents and findings. */
    public static ScanResult of(Content content, Kind kind, String format) {
        return of(content, kind, format, List.of());
    }

    /** Its findings, and those of all that is in it; each once, as two scanners may look into the same. */
    public List<Finding> allFindings() {
        return Stream.concat(findings.stream(), contents.stream().flatMap(content -> content.allFindings().stream()))
                .distinct()
                .toList();
    }

    /** Two readings of the same bytes: a file may be several things at once. */
    ScanResult and(ScanResult other) {
        List<Finding> allFindings = new ArrayList<>(findings);
        allFindings.addAll(other.findings);
        List<ScanResult> allContents = new ArrayList<>(contents);
        allContents.addAll(other.contents);
        Kind heavier = kind.compareTo(other.kind) >= 0 ? kind : other.kind;
        return new ScanResult(place, size, heavier, format + ", and " + other.format, allFindings, allContents);
    }
}
