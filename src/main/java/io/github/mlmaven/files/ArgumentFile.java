package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The arguments of {@code java} in a file (java(1), "java Command-Line Argument Files"), for {@code java @FILE}: whoever may
 * list the processes of a machine sees the file's name and no password.
 */
public final class ArgumentFile {

    private ArgumentFile() {}

    /** Puts a file in the place of whatever was there, whole or not at all. */
    public static void write(Path file, List<String> arguments) throws IOException {
        WholeFile.write(file, out -> out.write(text(arguments).getBytes(charset())));
    }

    /** Writes a new file that nobody but its owner can read. */
    public static void writeSecret(Path file, List<String> arguments) throws IOException {
        FileAttribute<?>[] ownersOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, ownersOnly);
        Files.writeString(file, text(arguments), charset());
    }

    private static String text(List<String> arguments) {
        return arguments.stream().map(ArgumentFile::quoted).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quoted(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + '"';
    }

    /** That of file names, in which the launcher reads it; on Windows not UTF-8. */
    private static Charset charset() {
        boolean windows = FileSystems.getDefault().getSeparator().equals("\\");
        return windows ? Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")) : StandardCharsets.UTF_8;
    }
}
