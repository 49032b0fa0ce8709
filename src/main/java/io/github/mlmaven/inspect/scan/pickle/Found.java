package io.github.mlmaven.inspect.scan.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Different things of one sort, and where each was first; as many as a reader wants to read. */
final class Found {

    private static final int MOST = 20;
    private static final int LONGEST = 120;

    private final Map<String, Long> places = new LinkedHashMap<>();
    private boolean more;

    void add(String what, long at) {
        String shown = shown(what);
        if (places.size() < MOST) {
            places.putIfAbsent(shown, at);
        } else {
            more |= !places.containsKey(shown);
        }
    }

    void addAll(Found other) {
        other.places.forEach(this::add);
        more |= other.more;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        places.forEach((what, at) -> all.add(what + " at byte " + at));
        if (more) {
            all.add("and more");
        }
        return String.join(", ", all);
    }

    /** Names in hostile files are no text for terminals. */
    private static String shown(String what) {
        StringBuilder shown = new StringBuilder();
        what.codePoints().limit(LONGEST).forEach(c -> {
            if (c < 0x20 || c >= 0x7F) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return what.length() > LONGEST ? shown.append("…").toString() : shown.toString();
    }
}
