package io.github.mlmaven.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The errors of one output over all golden cases, on a logarithmic strip beside what is tolerated. */
final class ErrorStrip {

    /** Where an error of nothing is, in per cent of the width; logarithms have no place for it. */
    private static final double ZERO = 8;

    private static final double LEFT = 18;
    private static final double RIGHT = 96;
    private static final double LOWEST = -6;
    private static final double HIGHEST = 2;

    /** More marks than the eye can tell apart; the worst are shown. */
    private static final int SHOWN = 400;

    private static final int LINES = 5;
    private static final int LINE_HEIGHT = 11;
    private static final int AXIS = 70;

    private ErrorStrip() {}

    /**
     * One case.
     *
     * @param name of the case
     * @param used the largest error as a share of what is tolerated
     * @param matches whether it passes
     */
    record Mark(String name, double used, boolean matches) {}

    static void write(Markup html, String output, List<Mark> marks) throws IOException {
        List<Mark> worst = marks.stream()
                .sorted(Comparator.comparingDouble(Mark::used).reversed())
                .toList();
        String summary = "Output " + Plain.text(output) + ": "
                + Plain.counted(marks.size(), "case") + ", of which "
                + marks.stream().filter(mark -> !mark.matches()).count() + " failed; the largest error uses "
                + Plain.percent(worst.get(0).used()) + " of the tolerance";
        html.open("figure").element("figcaption", summary);
        html.open("svg", "class", "plot", "role", "img", "aria-label", summary, "width", "100%", "height", "96");
        line(html, "axis", "2%", "98%", AXIS, AXIS);
        line(html, "limit", position(1), position(1), 4, AXIS + 6);
        tick(html, ZERO + "%", "equal");
        tick(html, position(1e-4), "0.01 %");
        tick(html, position(1e-2), "1 %");
        tick(html, position(1), "100 %");
        tick(html, "94%", "more");
        for (int i = Math.min(SHOWN, worst.size()) - 1; i >= 0; i--) {
            mark(html, worst.get(i), 12 + i % LINES * LINE_HEIGHT);
        }
        html.close("svg");
        if (worst.size() > SHOWN) {
            html.element("p", "The " + SHOWN + " largest errors are shown.");
        }
        html.close("figure");
    }

    private static void mark(Markup html, Mark mark, int y) throws IOException {
        String x = position(mark.used());
        if (mark.matches()) {
            html.open("circle", "class", "good", "cx", x, "cy", String.valueOf(y), "r", "5");
        } else {
            html.open("svg", "x", x, "y", String.valueOf(y), "overflow", "visible")
                    .open("rect", "class", "bad", "x", "-5", "y", "-5", "width", "10", "height", "10");
        }
        html.element("title", mark.name() + ": " + Plain.percent(mark.used()));
        if (mark.matches()) {
            html.close("circle");
        } else {
            html.close("rect").close("svg");
        }
    }

    private static void line(Markup html, String kind, String x1, String x2, int y1, int y2) throws IOException {
        html.empty("line", "class", kind, "x1", x1, "x2", x2, "y1", String.valueOf(y1), "y2", String.valueOf(y2));
    }

    private static void tick(Markup html, String x, String text) throws IOException {
        html.element("text", text, "x", x, "y", String.valueOf(AXIS + 20), "text-anchor", "middle");
    }

    private static String position(double used) {
        if (used == 0) {
            return ZERO + "%";
        }
        double decade = Math.max(LOWEST, Math.min(HIGHEST, Math.log10(used)));
        return String.format(Locale.ROOT, "%.2f%%", LEFT + (RIGHT - LEFT) * (decade - LOWEST) / (HIGHEST - LOWEST));
    }
}
