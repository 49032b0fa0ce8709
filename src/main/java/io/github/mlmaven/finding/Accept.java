package io.github.mlmaven.finding;

/**
 * A risk that somebody has looked at and takes.
 *
 * @param id what is accepted
 * @param file where: the place of a finding, or a pattern of places with {@code *}, {@code **} and {@code ?}
 * @param reason why; every report shows it
 */
public record Accept(FindingId id, String file, String reason) {

    /** Whether a finding is about what is accepted. */
    boolean matches(Finding finding) {
        return finding.id() == id && new PlacePattern(file).matches(finding.place());
    }

    /** The finding as it is reported: it no longer weighs, and says why. */
    Finding on(Finding finding) {
        return new Finding(
                id,
                Severity.INFO,
                finding.place(),
                finding.message() + note(),
                finding.expected(),
                finding.found(),
                finding.next());
    }

    /** Whether this is a finding that was accepted for this reason. */
    boolean explains(Finding finding) {
        return matches(finding) && finding.message().endsWith(note());
    }

    private String note() {
        return " (accepted: " + reason + ")";
    }
}
