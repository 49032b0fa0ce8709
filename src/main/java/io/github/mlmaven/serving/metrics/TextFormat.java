package io.github.mlmaven.serving.metrics;

import java.util.Locale;

/** The two text forms in which Prometheus reads metrics. */
public enum TextFormat {
    /** Prometheus' own text form, version 0.0.4: what every scraper understands. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0.0. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    TextFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** OpenMetrics for who names it and does not refuse it ({@code q=0}), Prometheus' form for all others. */
    public static TextFormat accepted(String accept) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            if (parts[0].strip().equals("application/openmetrics-text")) {
                boolean refused = false;
                for (int i = 1; i < parts.length; i++) {
                    refused |= parts[i].strip().matches("q=0(\\.0{0,3})?");
                }
                return refused ? PROMETHEUS : OPEN_METRICS;
            }
        }
        return PROMETHEUS;
    }
}
