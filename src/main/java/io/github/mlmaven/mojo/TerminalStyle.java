package io.github.mlmaven.mojo;

import io.github.mlmaven.report.Style;

/** Whether Maven's log has colours: on a terminal, unless {@code -B}, {@code -l} or {@code -Dstyle.color} say otherwise. */
final class TerminalStyle {

    private TerminalStyle() {}

    /** As Maven 3's own console library has it, which also strips colours in a pipe; Maven 4 has none, and no colours. */
    static Style now() {
        try {
            Object enabled = Class.forName("org.fusesource.jansi.Ansi")
                    .getMethod("isEnabled")
                    .invoke(null);
            return Boolean.TRUE.equals(enabled) ? Style.COLOURED : Style.PLAIN;
        } catch (ReflectiveOperationException | LinkageError e) {
            return Style.PLAIN;
        }
    }
}
