package io.github.mlmaven.bench.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a project in Markdown, ratios first.
 *
 * @param millis medians of the goals, by contender
 * @param megabytes that were read, medians too
 * @param cpu milliseconds of processor time of Maven's own process, medians too; other load moves them least
 * @param sha256sum milliseconds of {@code sha256sum} of the model's weights
 */
record LockTable(Map<String, Double> millis, Map<String, Double> megabytes, Map<String, Double> cpu, double sha256sum) {

    private static final double RATIO = 0.5;
    private static final double UNCHANGED_MILLIS = 300;

    private record Against(String ours, String theirs) {}

    private static final List<Against> PAIRS = List.of(
            new Against(Contender.WRITE, Contender.GENERATE),
            new Against(Contender.WRITE, Contender.GENERATE + Contender.ALONE),
            new Against(Contender.WRITE_REHASH, Contender.GENERATE),
            new Against(Contender.WRITE_REHASH, Contender.GENERATE + Contender.ALONE),
            new Against(Contender.CHECK, Contender.VALIDATE),
            new Against(Contender.CHECK, Contender.VALIDATE + Contender.ALONE),
            new Against(Contender.REHASH, Contender.VALIDATE),
            new Against(Contender.REHASH, Contender.VALIDATE + Contender.ALONE),
            new Against(Contender.BY_HAND, Contender.GENERATE),
            new Against(Contender.BY_HAND, Contender.GENERATE + Contender.ALONE));

    /** The table for a project. */
    String of(String project) {
        List<String> lines = new ArrayList<>(List.of(
                "**" + project + "**",
                "",
                "| goal | beside | target | measured | less the peer's start | |",
                "| --- | --- | ---: | ---: | ---: | --- |"));
        for (Against pair : PAIRS) {
            if (!millis.keySet().containsAll(List.of(pair.ours, pair.theirs))) {
                continue;
            }
            double ratio = of(pair.ours, millis) / of(pair.theirs, millis);
            double net = of(pair.ours, millis) / (of(pair.theirs, millis) - of(Contender.SKIPPED, millis));
            boolean target = !pair.ours.equals(Contender.BY_HAND);
            lines.add(row(
                    pair.ours,
                    pair.theirs,
                    target ? String.format(Locale.ROOT, "≤ %.2f ×", RATIO) : "",
                    times(ratio),
                    times(net),
                    target ? verdict(ratio, RATIO) : ""));
        }
        if (millis.containsKey(Contender.CHECK)) {
            double check = of(Contender.CHECK, millis);
            lines.add(row(
                    Contender.CHECK,
                    "",
                    "≤ 300 ms",
                    String.format(Locale.ROOT, "%.0f ms", check),
                    "",
                    verdict(check, UNCHANGED_MILLIS)));
        }
        lines.addAll(List.of("", "| goal | ms | CPU ms | MB read |", "| --- | ---: | ---: | ---: |"));
        millis.forEach((name, ms) -> lines.add(String.format(
                Locale.ROOT, "| %s | %.0f | %.0f | %.1f |", name, ms, of(name, cpu), of(name, megabytes))));
        lines.add(String.format(Locale.ROOT, "| sha256sum of the weights | %.0f | | |", sha256sum));
        return String.join("\n", lines);
    }

    private static double of(String name, Map<String, Double> medians) {
        return medians.getOrDefault(name, Double.NaN);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }

    private static String verdict(double measured, double target) {
        return measured <= target ? "reached" : "not reached";
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
