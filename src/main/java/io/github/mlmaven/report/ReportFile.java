package io.github.mlmaven.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there as a whole or not at all. */
final class ReportFile {

    private ReportFile() {}

    /** What writes the content. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** Writes to a hidden file beside the target, then moves it there. */
    static void write(Path file, Body body) throws IOException {
        Path temporary = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".tmp");
        Files.createDirectories(temporary.getParent());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                body.write(out);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
