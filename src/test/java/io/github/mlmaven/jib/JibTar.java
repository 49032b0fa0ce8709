package io.github.mlmaven.jib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The tar that {@code jib:buildTar} wrote, in the form of {@code docker save}. */
final class JibTar {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> files;

    JibTar(Path tar) throws IOException {
        try (InputStream in = Files.newInputStream(tar)) {
            files = files(in);
        }
    }

    /** The configuration of what it runs. */
    JsonNode config() throws IOException {
        return JSON.readTree(files.get(manifest().path("Config").asText())).path("config");
    }

    /** The words of the entrypoint. */
    List<String> entrypoint() throws IOException {
        return StreamSupport.stream(config().path("Entrypoint").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The files of each layer, by their paths. */
    List<Map<String, byte[]>> layers() throws IOException {
        List<Map<String, byte[]>> layers = new ArrayList<>();
        for (JsonNode layer : manifest().path("Layers")) {
            layers.add(files(
                    new GZIPInputStream(new ByteArrayInputStream(Objects.requireNonNull(files.get(layer.asText()))))));
        }
        return layers;
    }

    /** Puts all layers into a folder. */
    void unpack(Path root) throws IOException {
        for (Map<String, byte[]> layer : layers()) {
            for (Map.Entry<String, byte[]> file : layer.entrySet()) {
                Path target = root.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.write(target, file.getValue());
            }
        }
    }

    private JsonNode manifest() throws IOException {
        return JSON.readTree(files.get("manifest.json")).path(0);
    }

    private static Map<String, byte[]> files(InputStream in) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), tar.readAllBytes());
                }
            }
        }
        return files;
    }
}
