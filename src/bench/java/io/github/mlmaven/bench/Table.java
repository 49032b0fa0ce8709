package io.github.mlmaven.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results in Markdown. */
final class Table {

    private static final double MEGABYTE = 1 << 20;

    private final List<String> lines = new ArrayList<>();

    private Table() {}

    /** One line for the log. */
    static String line(String where, String peer, Sample sample) {
        return String.format(
                Locale.ROOT,
                "%s, %s: %.0f /s, p50 %.0f us, p99 %.0f us, CPU %.1f us, RSS %.0f MB",
                where,
                peer,
                sample.perSecond(),
                sample.p50Micros(),
                sample.p99Micros(),
                sample.cpuMicros(),
                sample.rssBytes() / MEGABYTE);
    }

    static String of(Results results) {
        Table table = new Table();
        table.targets(results);
        table.cases(results);
        table.starts(results);
        results.soaked().ifPresent(table::soak);
        return String.join("\n", table.lines) + "\n";
    }

    private void targets(Results results) {
        List<Target.Judgement> judgements = Target.all().stream()
                .flatMap(target -> target.judge(results).stream())
                .toList();
        if (judgements.isEmpty()) {
            return;
        }
        row("case", "target", "measured", "");
        row("---", "---", "---:", "---");
        for (Target.Judgement judgement : judgements) {
            row(judgement.what(), judgement.target(), judgement.measured(), judgement.verdict());
        }
        lines.add("");
    }

    private void cases(Results results) {
        if (results.rows().isEmpty()) {
            return;
        }
        row(
                "model, encoding, batch, connections",
                "who",
                "requests/s",
                "server ÷ it",
                "p50 µs",
                "p99 µs",
                "CPU µs/request",
                "RSS MB");
        row("---", "---", "---:", "---:", "---:", "---:", "---:", "---:");
        for (Row row : results.rows()) {
            Optional<Sample> median = row.median();
            if (median.isEmpty()) {
                row(row.caseId(), row.peer(), row.problem().orElse("not measured"), "", "", "", "", "");
                continue;
            }
            Sample sample = median.get();
            row(
                    row.caseId(),
                    row.peer(),
                    number("%,.0f", sample.perSecond()),
                    results.sample(row.caseId(), OurServer.NAME)
                            .map(server -> number("%.2f", server.perSecond() / sample.perSecond()))
                            .orElse(""),
                    number("%,.0f", sample.p50Micros()),
                    number("%,.0f", sample.p99Micros()),
                    number("%,.1f", sample.cpuMicros()),
                    number("%,.0f", sample.rssBytes() / MEGABYTE));
        }
        lines.add("");
    }

    private void starts(Results results) {
        if (results.starts().isEmpty()) {
            return;
        }
        row("cold start, process start to first 200", "breast-cancer ms", "digits-cnn ms", "minilm ms");
        row("---", "---:", "---:", "---:");
        Map<String, Map<String, String>> cells = new LinkedHashMap<>();
        for (Results.Start start : results.starts()) {
            cells.computeIfAbsent(start.who(), who -> new LinkedHashMap<>())
                    .put(start.model(), number("%.0f", start.medianMillis()));
        }
        cells.forEach((who, models) -> row(
                who,
                models.getOrDefault("breast-cancer", ""),
                models.getOrDefault("digits-cnn", ""),
                models.getOrDefault("minilm", "")));
        lines.add("");
    }

    private void soak(Results.Soaked soaked) {
        row("soak", "RSS MB at 10 %", "at 50 %", "at 100 %", "end ÷ middle, at most 1.05");
        row("---", "---:", "---:", "---:", "---:");
        row(
                number("%,.0f requests", soaked.requests()),
                number("%.0f", soaked.after(1) / MEGABYTE),
                number("%.0f", soaked.after(5) / MEGABYTE),
                number("%.0f", soaked.after(10) / MEGABYTE),
                number("%.3f", soaked.growth()) + (soaked.flat() ? ", flat" : ", grows"));
        lines.add("");
    }

    private void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
