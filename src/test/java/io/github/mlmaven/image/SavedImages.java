package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Base images in files. */
final class SavedImages {

    private SavedImages() {}

    /** An image with what passes for a Java, the same for the same content. */
    static JibContainerBuilder withJava(Path folder, String content) throws IOException {
        Path java = Files.writeString(folder.resolve("java"), content);
        Path release = Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        return Jib.fromScratch()
                .addLayer(List.of(java), "/opt/jre/bin")
                .addLayer(List.of(release), "/opt/jre")
                .setEnvironment(Map.of("JAVA_HOME", "/opt/jre", "LANG", "C"))
                .setUser("somebody")
                .setProgramArguments("--help")
                .setLabels(Map.of("org.opencontainers.image.vendor", "of the base"))
                .setFormat(ImageFormat.Docker);
    }

    /** Writes an image as Jib does: its layers are compressed, other than those that Docker saves. */
    static Path write(JibContainerBuilder image, String name, Path tar) throws Exception {
        Path cache = tar.resolveSibling("jib-cache");
        image.containerize(Containerizer.to(TarImage.at(tar).named(name))
                .setApplicationLayersCache(cache)
                .setBaseImageLayersCache(cache)
                .setOfflineMode(true));
        return tar;
    }

    /** The files in a tar by name. */
    static Map<String, byte[]> files(Path tar) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(tar));
                TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        return files;
    }

    /** Writes files into a tar. */
    static Path tar(Map<String, byte[]> files, Path tar) throws IOException {
        try (OutputStream out = Files.newOutputStream(tar);
                TarArchiveOutputStream entries = new TarArchiveOutputStream(out)) {
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entries.putArchiveEntry(entry);
                entries.write(file.getValue());
                entries.closeArchiveEntry();
            }
        }
        return tar;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
