package io.github.mlmaven.jib;

import io.github.mlmaven.finding.Finding;

/** Why an image cannot be built so. */
final class PlanException extends Exception {

    private static final long serialVersionUID = 1L;

    PlanException(Finding finding) {
        super(finding.line());
    }
}
