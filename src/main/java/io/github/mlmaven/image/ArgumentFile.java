package io.github.mlmaven.image;

import io.github.mlmaven.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code java @FILE} reads (the java command's manual, "java Command-Line Argument Files"). */
final class ArgumentFile {

    private ArgumentFile() {}

    /**
     * Writes a command without its program, a line for each word.
     *
     * @param command the program and its words
     */
    static void write(List<String> command, Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        command.stream()
                .skip(1)
                .map(word -> word.replace("\\", "\\\\").replace("\"", "\\\""))
                .forEach(word -> lines.append('"').append(word).append("\"\n"));
        WholeFile.write(file, lines.toString());
    }
}
