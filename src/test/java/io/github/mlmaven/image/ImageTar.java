package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads what the build wrote, by the specifications and not by the build's own code. */
final class ImageTar {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> files = new TreeMap<>();

    ImageTar(Path tar) throws IOException {
        try (InputStream in = Files.newInputStream(tar);
                TarArchiveInputStream entries = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), entries.readAllBytes());
                }
            }
        }
    }

    byte[] file(String name) {
        return files.get(name);
    }

    JsonNode json(String name) throws IOException {
        return JSON.readTree(files.get(name));
    }

    JsonNode blob(JsonNode descriptor) throws IOException {
        return json("blobs/sha256/" + descriptor.path("digest").asText().substring("sha256:".length()));
    }

    JsonNode manifest() throws IOException {
        return blob(json("index.json").path("manifests").path(0));
    }

    JsonNode config() throws IOException {
        return blob(manifest().path("config"));
    }

    /** The entries of a layer, counted from the lowest. */
    List<TarArchiveEntry> layer(int number) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream in = open(number)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** The content of a layer's file. */
    byte[] content(int number, String path) throws IOException {
        try (TarArchiveInputStream in = open(number)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(path)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new NoSuchFileException(path);
    }

    /** The contents of a layer's files. */
    Map<String, byte[]> contents(int number) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (TarArchiveInputStream in = open(number)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    contents.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return contents;
    }

    private TarArchiveInputStream open(int number) throws IOException {
        JsonNode layer = manifest().path("layers").path(number);
        byte[] stored =
                files.get("blobs/sha256/" + layer.path("digest").asText().substring("sha256:".length()));
        InputStream raw = new ByteArrayInputStream(stored);
        boolean gzip = layer.path("mediaType").asText().endsWith("+gzip");
        return new TarArchiveInputStream(gzip ? new GZIPInputStream(raw) : raw, "UTF-8");
    }

    /** Paths of a layer's files. */
    List<String> paths(int number) throws IOException {
        return layer(number).stream()
                .filter(e -> !e.isDirectory())
                .map(TarArchiveEntry::getName)
                .toList();
    }
}
