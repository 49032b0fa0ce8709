package io.github.mlmaven.finding;

/** How much a finding weighs, heaviest first. */
public enum Severity {
    /** The build fails. */
    ERROR,
    /** The build passes, and says so. */
    WARNING,
    /** Worth knowing. */
    INFO
}
