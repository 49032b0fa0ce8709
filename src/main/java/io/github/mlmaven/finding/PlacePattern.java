package io.github.mlmaven.finding;

import java.util.regex.Pattern;

/**
 * Places of findings: a place itself, or a pattern with {@code ?} for a character and {@code *} for several of a name,
 * and {@code **} for any number of folders. Not {@link java.nio.file.PathMatcher}: what is in an archive
 * ({@code a.zip!/b.pkl}) is no path, and a pattern must mean the same on every system.
 */
record PlacePattern(String text) {

    boolean matches(String place) {
        return text.equals(place) || regex().matcher(place).matches();
    }

    private Pattern regex() {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (text.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else {
                char c = text.charAt(i);
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(c));
                        });
                i++;
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
