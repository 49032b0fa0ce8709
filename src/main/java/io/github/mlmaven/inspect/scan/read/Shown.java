package io.github.mlmaven.inspect.scan.read;

import java.util.Locale;

/** Text out of a hostile file, as messages may show it. */
public final class Shown {

    private static final int LENGTH = 60;

    private Shown() {}

    /** Quoted, cut, and without what would write over a terminal. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), LENGTH); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || Character.isSurrogate(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(text.length() > LENGTH ? "…'" : "'").toString();
    }
}
