package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.files.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Exclusion;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.DependencyNode;

/**
 * Class paths of plugins that an earlier build resolved: a released plugin's never changes while its files are there,
 * and to resolve one costs more than everything else in a lock. A file for each, with a line {@code COORDINATES FILE
 * PATH…} for each artifact, separated by tabs. It is a cache: what cannot be understood in it is resolved again.
 *
 * @param folder the folder of the files, which need not exist
 * @param repository the local repository, whose files they name
 * @param trusted whether they are read, and not only written anew
 */
record ClassPathMemory(Path folder, Path repository, boolean trusted) {

    private static final int MAX_BYTES = 4 << 20;
    private static final int COORDINATES = 0;
    private static final int FILE = 1;
    private static final int PATH = 2;

    /**
     * An artifact on a class path.
     *
     * @param artifact which one, with its file
     * @param path what depends on it, the tool first
     */
    record Entry(Artifact artifact, List<String> path) {
        Entry {
            path = List.copyOf(path);
        }
    }

    /** The class path that was found for a tool, if all of its files are still there. */
    Optional<List<Entry>> read(BuildTool tool) throws IOException {
        Path file = file(tool);
        if (!trusted) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : WholeFile.lines(file, MAX_BYTES)) {
            List<String> fields = List.of(line.split("\t", -1));
            try {
                Path there = Path.of(fields.get(FILE));
                if (!Files.isRegularFile(there)) {
                    return Optional.empty();
                }
                entries.add(new Entry(
                        new DefaultArtifact(fields.get(COORDINATES)).setFile(there.toFile()),
                        fields.subList(PATH, fields.size())));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return Optional.empty();
            }
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }

    /** Remembers the class path of a tool. */
    void write(BuildTool tool, List<Entry> entries) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            List<String> fields = new ArrayList<>(List.of(
                    entry.artifact.toString(),
                    entry.artifact.getFile().toPath().toAbsolutePath().toString()));
            fields.addAll(entry.path);
            if (fields.stream().anyMatch(field -> field.contains("\t") || field.contains("\n"))) {
                return;
            }
            lines.add(String.join("\t", fields));
        }
        WholeFile.write(file(tool), String.join("\n", lines) + "\n");
    }

    /** Whether a resolved class path stays what it is: no snapshot is on it, and nothing was chosen out of a range. */
    static boolean isStable(DependencyNode node) {
        boolean open = node.getArtifact().isSnapshot()
                || (node.getVersionConstraint() != null
                        && node.getVersionConstraint().getRange() != null);
        return !open && node.getChildren().stream().allMatch(ClassPathMemory::isStable);
    }

    private Path file(BuildTool tool) {
        String key = repository.toAbsolutePath() + "\n" + tool.name() + ":" + tool.version() + "\n"
                + tool.dependencies().stream().map(ClassPathMemory::text).collect(Collectors.joining("\n"));
        return folder.resolve(DigestUtils.sha256Hex(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Dependency dependency) {
        return String.join(
                " ",
                dependency.getManagementKey(),
                dependency.getVersion(),
                dependency.getScope(),
                dependency.getExclusions().stream()
                        .map((Exclusion exclusion) -> exclusion.getGroupId() + ":" + exclusion.getArtifactId())
                        .collect(Collectors.joining(",")));
    }
}
