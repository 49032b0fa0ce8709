package io.github.mlmaven.finding;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant. */
final class Nearest {

    /** Longer words have no near ones; keeps the work small. */
    private static final int MAX_LENGTH = 100;

    private Nearest() {}

    /** The words with the fewest letters to change, the nearest first. */
    static List<String> to(String word, Collection<String> words, int count) {
        String wanted = word.substring(0, Math.min(word.length(), MAX_LENGTH)).toUpperCase(Locale.ROOT);
        return words.stream()
                .sorted(Comparator.comparingInt((String known) -> distance(wanted, known))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    /** Levenshtein's: insertions, deletions and replacements. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
