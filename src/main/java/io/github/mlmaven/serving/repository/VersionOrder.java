package io.github.mlmaven.serving.repository;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two versions is newer, as Maven's users expect it: 1.10 after 1.9, and 1.0-rc1 and 1.0-SNAPSHOT before 1.0.
 * Versions that are equal so are ordered as texts, so that there always is one newest.
 */
final class VersionOrder implements Comparator<String> {

    private static final Pattern PART = Pattern.compile("\\d+|[a-z]+");

    /** What comes before the release, in this order. */
    private static final List<String> BEFORE = List.of("alpha", "beta", "milestone", "m", "rc", "cr", "snapshot");

    /** What is the release, in so many words. */
    private static final List<String> RELEASE = List.of("", "ga", "final", "release");

    @Override
    public int compare(String a, String b) {
        List<String> left = parts(a);
        List<String> right = parts(b);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = comparePart(i < left.size() ? left.get(i) : "", i < right.size() ? right.get(i) : "");
            if (order != 0) {
                return order;
            }
        }
        return a.compareTo(b);
    }

    /** Without leading zeros: a zero is as good as nothing, so that 1.0 and 1.0.0 are one. */
    private static List<String> parts(String version) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(version.toLowerCase(Locale.ROOT));
        while (part.find()) {
            String text = part.group();
            parts.add(Character.isDigit(text.charAt(0)) ? text.replaceFirst("^0+", "") : text);
        }
        return parts;
    }

    /** Before the release, the release, other words, numbers. */
    private static int comparePart(String a, String b) {
        int rank = Integer.compare(rank(a), rank(b));
        if (rank != 0) {
            return rank;
        }
        return switch (rank(a)) {
            case -1 -> Integer.compare(BEFORE.indexOf(a), BEFORE.indexOf(b));
            case 2 -> a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
            default -> a.compareTo(b);
        };
    }

    private static int rank(String part) {
        if (BEFORE.contains(part)) {
            return -1;
        }
        if (RELEASE.contains(part)) {
            return 0;
        }
        return Character.isDigit(part.charAt(0)) ? 2 : 1;
    }
}
