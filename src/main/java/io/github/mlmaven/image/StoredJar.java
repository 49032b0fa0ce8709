package io.github.mlmaven.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar anew, the same bytes whatever made it: entries sorted after the manifest, without times, permissions and
 * extra fields, and not compressed, so that the result depends on no version of zlib; the layer is compressed.
 */
final class StoredJar {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private StoredJar() {}

    /** Writes those entries of a jar that are wanted. */
    static void write(ZipFile jar, Predicate<ZipEntry> wanted, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        List<? extends ZipEntry> entries = jar.stream()
                .filter(wanted)
                .sorted(Comparator.comparing((ZipEntry e) -> !e.getName().equals(MANIFEST))
                        .thenComparing(ZipEntry::getName))
                .toList();
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : entries) {
                ZipEntry stored = new ZipEntry(entry.getName());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(entry.isDirectory() ? 0 : entry.getSize());
                stored.setCrc(entry.isDirectory() ? 0 : entry.getCrc());
                stored.setTimeLocal(TIME);
                out.putNextEntry(stored);
                if (!entry.isDirectory()) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
                out.closeEntry();
            }
        }
    }
}
