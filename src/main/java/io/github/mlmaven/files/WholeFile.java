package io.github.mlmaven.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files that are written so that whoever reads one sees all of it or what was there before. */
public final class WholeFile {

    private static final Pattern HALF = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

    private WholeFile() {}

    /** Whether a file is what a killed build left of another. */
    public static boolean isHalf(Path file, Path whole) {
        String name = String.valueOf(file.getFileName());
        String start = whole.getFileName() + ".";
        return name.startsWith(start)
                && HALF.matcher(name.substring(start.length())).matches();
    }

    /** What writes the content. */
    @FunctionalInterface
    public interface Body {
        void write(OutputStream out) throws IOException;
    }

    /**
     * The lines of a text, in UTF-8, that an earlier build wrote; none if there is no such file, or it is larger than any
     * that would have been written.
     */
    public static List<String> lines(Path file, long maxBytes) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= maxBytes
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                : List.of();
    }

    /** Puts text, in UTF-8, in the place of whatever was there, whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts content in the place of whatever was there, whole or not at all; makes the folder that it is in. */
    public static void write(Path file, Body content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Files.createDirectories(target.resolveSibling(""));
        Path whole = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(whole))) {
                content.write(out);
            }
            try {
                Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
