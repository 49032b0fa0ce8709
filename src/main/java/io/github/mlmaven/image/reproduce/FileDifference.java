package io.github.mlmaven.image.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One file that is not the same in two archives.
 *
 * @param path its name in both
 * @param what in which way, as the end of a sentence that begins with the file
 * @param first what it is in the first
 * @param second what it is in the second
 */
record FileDifference(String path, String what, String first, String second) {

    /** All differences, by path; the archives' order does not count. */
    static List<FileDifference> between(Map<String, ? extends Facts> first, Map<String, ? extends Facts> second) {
        TreeSet<String> paths = new TreeSet<>(first.keySet());
        paths.addAll(second.keySet());
        List<FileDifference> differences = new ArrayList<>();
        for (String path : paths) {
            Facts one = first.get(path);
            Facts other = second.get(path);
            if (one == null || other == null) {
                differences.add(new FileDifference(
                        path,
                        "is only in the " + (other == null ? "first" : "second") + " build",
                        there(one),
                        there(other)));
            } else if (!one.equals(other)) {
                differences.add(of(path, one.aspects(), other.aspects()));
            }
        }
        return differences;
    }

    private static String there(@Nullable Facts facts) {
        return facts == null ? "no such file" : "the file";
    }

    private static FileDifference of(String path, Map<String, String> first, Map<String, String> second) {
        List<String> names = new ArrayList<>();
        List<String> one = new ArrayList<>();
        List<String> other = new ArrayList<>();
        first.forEach((name, value) -> {
            String changed = String.valueOf(second.get(name));
            if (!value.equals(changed)) {
                names.add(name);
                one.add(value);
                other.add(changed);
            }
        });
        return new FileDifference(
                path, "differs in its " + String.join(", ", names), String.join(", ", one), String.join(", ", other));
    }
}
