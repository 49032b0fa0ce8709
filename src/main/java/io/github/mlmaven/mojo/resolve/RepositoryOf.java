package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.maven.artifact.ArtifactUtils;

/**
 * Which repository a file of the local repository came from. No artifact that Maven hands out says it, and to resolve
 * again would miss the repositories that only a dependency's own pom declares; the local repository's bookkeeping, a
 * line {@code FILE>REPOSITORY=} in {@code _remote.repositories} beside the file, knows it in every version of Maven.
 */
final class RepositoryOf {

    private static final String BOOKKEEPING = "_remote.repositories";

    private RepositoryOf() {}

    /**
     * The id of the repository; of several the first that the project has.
     *
     * @param file the artifact's file
     * @param version its version, of a snapshot from a repository the one with the time stamp
     * @param projects the ids of the project's repositories, in their order
     */
    static String file(Path file, String version, List<String> projects) throws IOException {
        String name = file.getFileName().toString();
        NavigableSet<String> ids = recorded(file, name);
        if (ids.isEmpty()) {
            // The resolver hands out a copy of a fetched snapshot, x-SNAPSHOT.jar, and books the one with the time
            // stamp.
            ids = recorded(file, name.replace(ArtifactUtils.toSnapshotVersion(version), version));
        }
        for (String project : projects) {
            if (ids.contains(project)) {
                return project;
            }
        }
        return ids.isEmpty() ? ResolvedArtifact.LOCAL : ids.first();
    }

    private static NavigableSet<String> recorded(Path file, String name) throws IOException {
        Path bookkeeping = file.resolveSibling(BOOKKEEPING);
        NavigableSet<String> ids = new TreeSet<>();
        if (Files.isRegularFile(bookkeeping)) {
            Properties lines = new Properties();
            try (InputStream in = Files.newInputStream(bookkeeping)) {
                lines.load(in);
            } catch (IllegalArgumentException e) {
                return ids; // a broken escape: the format is Maven's own and may change
            }
            String prefix = name + ">";
            for (String line : lines.stringPropertyNames()) {
                // What was installed locally has an empty id.
                if (line.startsWith(prefix) && line.length() > prefix.length()) {
                    ids.add(line.substring(prefix.length()));
                }
            }
        }
        return ids;
    }
}
