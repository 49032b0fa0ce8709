package io.github.mlmaven.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text from models and engines, made harmless for a terminal; and numbers for people. */
final class Plain {

    private static final long KIB = 1024;
    private static final Pattern CONTROLS =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");
    private static final Pattern HALVES = Pattern.compile("\\p{Cs}");
    private static final Pattern NOT_XML =
            Pattern.compile("[\\x{0}-\\x{8}\\x{B}-\\x{1F}\\x{7F}-\\x{9F}\\x{FFFE}\\x{FFFF}]");

    private Plain() {}

    /** Control characters could move the cursor or forge lines of a log, marks of direction could turn a text round. */
    static String text(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }

    /** Without halves of UTF-16's pairs, which no encoding has a form for. */
    static String wellFormed(String text) {
        return HALVES.matcher(text).replaceAll("\uFFFD");
    }

    /** Without what XML 1.0, 2.2, has no way to write; its own line ends are kept. */
    static String xml(String text) {
        return NOT_XML.matcher(wellFormed(text)).replaceAll("\uFFFD");
    }

    /** {@code 63,757 bytes (62.3 KiB)}. */
    static String size(long bytes) {
        String exact = String.format(Locale.ROOT, "%,d bytes", bytes);
        if (bytes < KIB) {
            return exact;
        }
        double value = bytes;
        String unit = "";
        for (String next : new String[] {"KiB", "MiB", "GiB"}) {
            if (value >= KIB) {
                value /= KIB;
                unit = next;
            }
        }
        return exact + String.format(Locale.ROOT, " (%.1f %s)", value, unit);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 model}, {@code 2 models}. */
    static String counted(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** A share in per cent, with three digits that count: {@code 0.00123 %}. */
    static String percent(double share) {
        return Double.isInfinite(share) ? "more than all" : digits(share * 100) + " %";
    }

    /** Three digits that count, never with an exponent. */
    static String digits(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number, new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : "infinite";
    }
}
