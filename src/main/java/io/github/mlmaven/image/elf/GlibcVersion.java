package io.github.mlmaven.image.elf;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the GNU C library, as its symbols carry it: {@code GLIBC_2.28}. The names are in the table of strings of
 * whoever defines or needs symbols of that version.
 */
public record GlibcVersion(int major, int minor) implements Comparable<GlibcVersion> {

    private static final Pattern SYMBOL = Pattern.compile("GLIBC_([0-9]{1,3})\\.([0-9]{1,4})(\\.[0-9]{1,4})?");
    private static final byte[] PREFIX = {'G', 'L', 'I', 'B', 'C', '_'};
    private static final int MAX_SYMBOL = 24;

    /** The version in the name of a symbol's version. */
    public static Optional<GlibcVersion> parse(String symbol) {
        Matcher matcher = SYMBOL.matcher(symbol);
        return matcher.matches()
                ? Optional.of(new GlibcVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The newest version that a library defines or needs. */
    public static Optional<GlibcVersion> latest(Path library) throws IOException {
        try (InputStream in = Files.newInputStream(library)) {
            return latest(in);
        }
    }

    /** The same; reads the stream to its end and leaves it open. */
    @SuppressWarnings("resource") // The stream is the caller's.
    public static Optional<GlibcVersion> latest(InputStream library) throws IOException {
        InputStream in = new BufferedInputStream(library);
        Optional<GlibcVersion> latest = Optional.empty();
        int matched = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            matched = b == PREFIX[matched] ? matched + 1 : b == PREFIX[0] ? 1 : 0;
            if (matched == PREFIX.length) {
                Optional<GlibcVersion> before = latest;
                latest = parse(symbol(in))
                        .map(found -> before.filter(newest -> newest.compareTo(found) > 0)
                                .orElse(found))
                        .or(() -> before);
                matched = 0;
            }
        }
        return latest;
    }

    private static String symbol(InputStream in) throws IOException {
        StringBuilder symbol = new StringBuilder("GLIBC_");
        for (int b = in.read(); b > 0 && symbol.length() < MAX_SYMBOL; b = in.read()) {
            symbol.append((char) b);
        }
        return symbol.toString();
    }

    /** As symbols carry it. */
    public String symbol() {
        return "GLIBC_" + this;
    }

    @Override
    public int compareTo(GlibcVersion other) {
        return Comparator.comparingInt(GlibcVersion::major)
                .thenComparingInt(GlibcVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
