package io.github.mlmaven.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Splits ONNX Runtime's jar, which holds the natives of every platform, into classes and the natives of one. */
final class EngineJar {

    /** The folder that has a folder for each platform. */
    static final String NATIVES = "ai/onnxruntime/native/";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private EngineJar() {}

    static boolean hasNatives(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(e -> e.getName().startsWith(NATIVES));
        }
    }

    /**
     * Writes the jar without natives, the same bytes whatever the machine, and the natives into a folder.
     *
     * @return whether there are natives for the platform
     */
    static boolean split(Path jar, Platform platform, Path classes, Path natives) throws IOException {
        String folder = folder(platform);
        boolean found = false;
        Files.createDirectories(classes.getParent());
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(classes);
                ZipOutputStream out = new ZipOutputStream(file)) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(e -> !e.isDirectory())
                    .sorted(Comparator.comparing((ZipEntry e) -> !e.getName().equals(MANIFEST))
                            .thenComparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                String name = entry.getName();
                if (!name.startsWith(NATIVES)) {
                    store(name, zip, entry, out);
                } else if (isIn(folder, name)) {
                    found = true;
                    extract(zip, entry, natives.resolve(name.substring(folder.length())));
                }
            }
        }
        return found;
    }

    /** The folder with the natives of a platform. */
    static String folder(Platform platform) {
        return NATIVES + platform.natives() + "/";
    }

    /** Whether an entry is directly in a folder. */
    static boolean isIn(String folder, String name) {
        return name.startsWith(folder) && name.indexOf('/', folder.length()) < 0;
    }

    private static void extract(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            // Two engines may have natives of the same name; which of them is refused is told by the caller.
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Not compressed: the layer is, and the result does not depend on a version of zlib. */
    private static void store(String name, ZipFile zip, ZipEntry entry, ZipOutputStream out) throws IOException {
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readAllBytes();
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry stored = new ZipEntry(name);
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(crc.getValue());
        stored.setTimeLocal(TIME);
        out.putNextEntry(stored);
        out.write(content);
        out.closeEntry();
    }
}
