package io.github.mlmaven.verify.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 5ms}, {@code 250us}, {@code 1.5s}. */
public final class TimeText {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ns|us|µs|ms|s)");

    private TimeText() {}

    /**
     * Reads a span of time.
     *
     * @throws IllegalArgumentException when it has no unit, is no number, or is less than a nanosecond
     */
    public static Duration parse(String text) {
        Matcher span = SPAN.matcher(text.strip());
        if (span.matches()) {
            BigDecimal nanos = new BigDecimal(span.group(1)).multiply(nanos(span.group(2)));
            if (nanos.compareTo(BigDecimal.ONE) >= 0) {
                return Duration.ofNanos(nanos.longValue());
            }
        }
        throw new IllegalArgumentException("expected a time such as 5ms, 250us or 1.5s, found \"" + text + "\"");
    }

    /** Three digits that count and a unit: {@code 41.2 µs}. */
    public static String of(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        BigDecimal rounded = BigDecimal.valueOf(nanos).round(new MathContext(3));
        if (rounded.longValue() < 1_000_000) {
            return text(rounded, 3) + " µs";
        }
        return rounded.longValue() < 1_000_000_000 ? text(rounded, 6) + " ms" : text(rounded, 9) + " s";
    }

    /** All digits. */
    public static String exactly(Duration span) {
        BigDecimal nanos = BigDecimal.valueOf(span.toNanos());
        if (span.toNanos() < 1_000) {
            return nanos + " ns";
        }
        if (span.toNanos() < 1_000_000) {
            return text(nanos, 3) + " µs";
        }
        return span.toNanos() < 1_000_000_000 ? text(nanos, 6) + " ms" : text(nanos, 9) + " s";
    }

    private static BigDecimal nanos(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    default -> 1_000_000_000L;
                });
    }

    private static String text(BigDecimal nanos, int digits) {
        return nanos.movePointLeft(digits).stripTrailingZeros().toPlainString();
    }
}
