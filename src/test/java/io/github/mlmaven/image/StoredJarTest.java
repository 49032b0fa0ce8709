package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that another machine made of the same classes is the same jar in the image. */
class StoredJarTest {

    private static final List<String> NAMES =
            List.of("META-INF/", "META-INF/MANIFEST.MF", "com/", "com/acme/", "com/acme/A.class", "a.properties");

    @TempDir
    Path folder;

    @Test
    void orderTimesPermissionsAndCompressionDoNotShow() throws Exception {
        List<String> reversed = new ArrayList<>(NAMES);
        Collections.reverse(reversed);
        Path one = rewritten("one", jar("one", NAMES, 0100644, LocalDateTime.of(2020, 1, 1, 0, 0), 9));
        Path other = rewritten("other", jar("other", reversed, 0100600, LocalDateTime.of(2026, 7, 1, 12, 0), 0));

        assertThat(one).hasSameBinaryContentAs(other);
        try (ZipFile zip = new ZipFile(one.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "META-INF/MANIFEST.MF",
                            "META-INF/",
                            "a.properties",
                            "com/",
                            "com/acme/",
                            "com/acme/A.class");
            try (InputStream in = zip.getInputStream(zip.getEntry("com/acme/A.class"))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("com/acme/A.class".repeat(100));
            }
        }
    }

    private Path rewritten(String name, Path jar) throws IOException {
        Path target = folder.resolve("image").resolve(name + ".jar");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            StoredJar.write(zip, entry -> true, target);
        }
        return target;
    }

    private Path jar(String name, List<String> names, int mode, LocalDateTime time, int level) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(level);
            for (String entry : names) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry);
                header.setUnixMode(mode);
                header.setTimeLocal(time);
                out.putArchiveEntry(header);
                if (!entry.endsWith("/")) {
                    out.write(entry.repeat(100).getBytes(StandardCharsets.UTF_8));
                }
                out.closeArchiveEntry();
            }
        }
        return jar;
    }
}
