package io.github.mlmaven.serving.http;

import java.util.Locale;

/**
 * A Content-Type header.
 *
 * @param text as it came
 * @param type without parameters, in lower case
 * @param charset in lower case; {@code utf-8} where none is given
 * @param hasOtherParameters whether there are parameters besides the charset
 */
record ContentType(String text, String type, String charset, boolean hasOtherParameters) {

    static ContentType parse(String header) {
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        String charset = "utf-8";
        boolean others = false;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("charset=")) {
                charset = part.substring("charset=".length()).replace("\"", "");
            } else {
                others |= !part.isEmpty();
            }
        }
        return new ContentType(header, parts[0].strip(), charset, others);
    }
}
