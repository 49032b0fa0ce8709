package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process writes beside the place of a file or folder until it is complete: {@code .NAME.PROCESS.SUFFIX}, so that
 * two that write the same do not disturb each other, and what one has left that was killed is found by the next.
 */
public final class ProcessFiles {

    private ProcessFiles() {}

    /** That of this process. */
    public static Path mine(Path file, String suffix) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + suffix);
    }

    /** Those of processes that are gone. */
    public static List<Path> left(Path file, String suffix) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        List<Path> left = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return left;
        }
        Pattern ofProcess =
                Pattern.compile(Pattern.quote("." + file.getFileName() + ".") + "(\\d{1,18})" + Pattern.quote(suffix));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path other : files) {
                Matcher name = ofProcess.matcher(String.valueOf(other.getFileName()));
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    left.add(other);
                }
            }
        }
        return left;
    }
}
