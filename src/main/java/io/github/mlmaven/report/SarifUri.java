package io.github.mlmaven.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Places of findings as relative references of RFC 3986, which SARIF 2.1.0, 3.4.3, asks for. */
final class SarifUri {

    /** Unreserved characters of RFC 3986, 2.3, and the slash between segments. */
    private static final String PLAIN = "-._~/";

    private SarifUri() {}

    /** The file on disk that holds a place: {@code a.zip} of {@code a.zip!/b.pkl}. */
    static String file(String place) {
        int inside = place.indexOf("!/");
        return inside < 0 ? place : place.substring(0, inside);
    }

    /** A path with everything encoded that is not plain in each of its segments. */
    static String of(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : Plain.wellFormed(path).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return uri.toString();
    }
}
