package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is known of one entry of a jar. Its permissions are left out: they follow the umask, and nothing that runs a jar
 * reads them.
 *
 * @param content digest of its content
 * @param size its bytes
 * @param time as the jar has it, in no time zone
 */
record JarFacts(Digest content, long size, LocalDateTime time) implements Facts {

    /** The entries of a jar by name, in their order. */
    static Map<String, JarFacts> read(Path jar) throws IOException {
        Map<String, JarFacts> facts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream in = zip.getInputStream(entry)) {
                    Measured content = Measured.of(in::transferTo);
                    facts.put(entry.getName(), new JarFacts(content.digest(), content.size(), entry.getTimeLocal()));
                }
            }
        }
        return facts;
    }

    @Override
    public Map<String, String> aspects() {
        Map<String, String> aspects = new LinkedHashMap<>();
        aspects.put("content", content.toString());
        aspects.put("size", size + " bytes");
        aspects.put("time", time.toString());
        return aspects;
    }
}
