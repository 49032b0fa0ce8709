package io.github.mlmaven.serving.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Accept header (RFC 9110, section 12.5.1). */
final class Accept {

    private Accept() {}

    /** Whether a reply of this media type is welcome; no header welcomes all. */
    static boolean allows(@Nullable String accept, String type) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        String family = type.substring(0, type.indexOf('/')) + "/*";
        // The most specific range decides.
        int best = -1;
        boolean allowed = false;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String name = parts[0].strip();
            int specific = name.equals(type) ? 2 : name.equals(family) ? 1 : name.equals("*/*") ? 0 : -1;
            if (specific > best) {
                best = specific;
                allowed = !isZero(parts);
            }
        }
        return allowed;
    }

    private static boolean isZero(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
