package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAlignedAndLinesEndWithoutSpaces() {
        assertThat(new Table("  ")
                        .row("model", "check", "verdict")
                        .row("é", "golden", "PASS", "more")
                        .row("x", "")
                        .lines())
                .containsExactly("  model  check   verdict", "  é      golden  PASS     more", "  x");
    }
}
