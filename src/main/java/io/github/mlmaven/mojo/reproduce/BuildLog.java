package io.github.mlmaven.mojo.reproduce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** What a log of Maven says of why a build failed. */
final class BuildLog {

    private static final String ERROR = "[ERROR]";
    private static final int LINES = 5;
    private static final int LENGTH = 600;

    private BuildLog() {}

    /** The first errors; the last lines where there are none. */
    static List<String> reasons(Path log) throws IOException {
        List<String> errors = new ArrayList<>();
        Deque<String> last = new ArrayDeque<>();
        // A malformed byte, which some program printed, must not hide the rest.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && errors.size() < LINES; line = in.readLine()) {
                keep(line.startsWith(ERROR) ? line.substring(ERROR.length()) : "", errors);
                keep(line, last);
                if (last.size() > LINES) {
                    last.remove();
                }
            }
        }
        return errors.isEmpty() ? List.copyOf(last) : List.copyOf(errors);
    }

    private static void keep(String line, Collection<String> lines) {
        String text = line.strip();
        if (!text.isEmpty()) {
            lines.add(text.length() > LENGTH ? text.substring(0, LENGTH) + "…" : text);
        }
    }
}
