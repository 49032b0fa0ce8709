package io.github.mlmaven.inspect.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository that has one artifact, and the store that fetches from it. */
abstract class ModelStoreFixture {

    static final String ZIP = "com.acme:fraud-weights:1.4.0:zip";

    @TempDir
    Path folder;

    Path root;
    Path file;

    @BeforeEach
    void nothingIsFetchedYet() {
        root = folder.resolve("target/ml/models");
        file = folder.resolve("repository/artifact");
    }

    FetchedModel fetch(String name, String artifact) throws IOException {
        return fetch(name, artifact, "");
    }

    FetchedModel fetch(String name, String artifact, String path) throws IOException {
        return new ModelStore(this::resolve, root)
                .fetch(List.of(wanted(name, artifact, path)))
                .get(0);
    }

    static WantedModel wanted(String name, String artifact, String path) {
        return new WantedModel(name, artifact, Optional.of(path).filter(text -> !text.isEmpty()));
    }

    ModelArtifact resolve(ArtifactCoordinates coordinates) throws IOException {
        return new ModelArtifact(
                coordinates.groupId(),
                coordinates.artifactId(),
                coordinates.type(),
                coordinates.classifier(),
                coordinates.version(),
                coordinates.version(),
                "acme",
                false,
                file,
                new Digest(DigestUtils.sha256Hex(Files.readAllBytes(file))));
    }

    void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void zip(String... namesAndContents) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
    }

    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return contents;
    }

    static List<String> lines(FetchedModel model) {
        return model.findings().stream().map(Finding::line).toList();
    }
}
