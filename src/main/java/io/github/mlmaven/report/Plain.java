package io.github.mlmaven.report;

import java.util.Locale;

/** Text from models and engines, made harmless for a terminal; and numbers for people. */
final class Plain {

    private static final long KIB = 1024;

    private Plain() {}

    /** Control characters could move the cursor or forge lines of a log. */
    static String text(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
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
}
