package io.github.mlmaven.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Layers of base images, as text says them. */
final class TextLayer {

    private TextLayer() {}

    /** Files as {@code PATH} or {@code PATH=CONTENT}, and links as {@code PATH->TARGET}. */
    static InputStream of(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (String text : entries) {
                String[] link = text.split("->", 2);
                String[] file = text.split("=", 2);
                byte[] content = (file.length == 2 ? file[1] : "").getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = link.length == 2
                        ? new TarArchiveEntry(link[0], TarConstants.LF_SYMLINK)
                        : new TarArchiveEntry(file[0]);
                if (link.length == 2) {
                    entry.setLinkName(link[1]);
                } else {
                    entry.setSize(content.length);
                }
                tar.putArchiveEntry(entry);
                if (link.length != 2) {
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
