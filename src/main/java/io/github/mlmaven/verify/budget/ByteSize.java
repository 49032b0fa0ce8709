package io.github.mlmaven.verify.budget;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*(B|kB|KB|MB|GB|KiB|MiB|GiB)?");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size: " + bytes);
        }
    }

    /**
     * Reads {@code 64MB}, {@code 64MiB}, {@code 1.5 GiB} or plain bytes.
     *
     * @throws IllegalArgumentException when it is none of these, or less than a byte
     */
    public static ByteSize parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (size.matches()) {
            String unit = size.group(2) == null ? "B" : size.group(2);
            BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(bytes(unit)));
            if (bytes.compareTo(BigDecimal.ONE) >= 0 && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return new ByteSize(bytes.longValue());
            }
        }
        throw new IllegalArgumentException(
                "expected a size such as 64MB, 64MiB or a number of bytes, found \"" + text + "\"");
    }

    private static long bytes(String unit) {
        return switch (unit) {
            case "B" -> 1L;
            case "kB", "KB" -> 1_000L;
            case "MB" -> 1_000_000L;
            case "GB" -> 1_000_000_000L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    /** {@code 63,757 bytes (62.3 KiB)}. */
    @Override
    public String toString() {
        String exact = String.format(Locale.ROOT, "%,d bytes", bytes);
        return bytes < 1024 ? exact : exact + " (" + brief() + ")";
    }

    /** {@code 62.3 KiB}. */
    public String brief() {
        double value = bytes;
        String unit = "bytes";
        for (String next : new String[] {"KiB", "MiB", "GiB"}) {
            if (value >= 1024) {
                value /= 1024;
                unit = next;
            }
        }
        return unit.equals("bytes") ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
