package io.github.mlmaven.inspect.scan;

/** What a file says about itself, fit for a message: it neither moves the terminal nor fills it. */
public final class Printable {

    private static final int MOST = 100;

    private Printable() {}

    /** The text on one line, at most 100 characters of it. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MOST + 1L).forEach(c -> line.appendCodePoint(isPlain(c) ? c : '?'));
        return line.codePointCount(0, line.length()) > MOST
                ? line.substring(0, line.offsetByCodePoints(0, MOST)) + "…"
                : line.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
