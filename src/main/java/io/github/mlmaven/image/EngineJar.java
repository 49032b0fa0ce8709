package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Splits ONNX Runtime's jar, which holds the natives of every platform, into classes and the natives of one. */
public final class EngineJar {

    /** The folder that has a folder for each platform. */
    static final String NATIVES = "ai/onnxruntime/native/";

    private EngineJar() {}

    /** That a jar cannot be read. */
    public static Finding damaged(String jar, IOException e) {
        return Finding.of(
                FindingId.IMAGE_CONTENT,
                jar,
                "the jar of the runtime class path is damaged",
                "a jar that can be read",
                String.valueOf(e.getMessage()),
                "Delete it from the local repository, so that Maven fetches it again.");
    }

    /** Whether a jar has natives of any platform. */
    public static boolean hasNatives(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(e -> e.getName().startsWith(NATIVES));
        }
    }

    /**
     * Writes the jar without natives, the same bytes whatever the machine, and the natives into a folder.
     *
     * @return whether there are natives for the platform
     */
    public static boolean split(Path jar, Platform platform, Path classes, Path natives) throws IOException {
        String folder = folder(platform);
        boolean found = false;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            StoredJar.write(
                    zip, entry -> !entry.isDirectory() && !entry.getName().startsWith(NATIVES), classes);
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                String name = entry.getName();
                if (isIn(folder, name)) {
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
}
