package io.github.mlmaven.mojo;

import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.mojo.stage.ServingClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/** The jars beside the project's own jar, in {@code target/lib}. */
final class Libraries {

    static final String FOLDER = "lib";

    private Libraries() {}

    /** The jars of a class path. */
    static List<RuntimeArtifact> of(ServingClassPath classPath) {
        return classPath.artifacts().stream().flatMap(Libraries::artifact).toList();
    }

    /** The name of a jar in the folder: {@code ARTIFACT-VERSION[-CLASSIFIER].EXTENSION}. */
    static String fileName(ResolvedArtifact artifact) {
        String classifier = artifact.key().classifier();
        return artifact.key().artifactId() + "-" + artifact.version() + (classifier.isEmpty() ? "" : "-" + classifier)
                + "." + artifact.key().extension();
    }

    /**
     * Copies what is not there yet; what others put there stays, and no manifest names it.
     *
     * @param compare whether a jar that is there is read to find out if it is the same
     */
    static void copy(List<RuntimeArtifact> jars, Path folder, boolean compare)
            throws IOException, MojoFailureException {
        Files.createDirectories(folder);
        Set<String> names = new HashSet<>();
        for (RuntimeArtifact jar : jars) {
            if (!Files.isRegularFile(jar.file())) {
                throw new MojoFailureException(jar.groupId() + ":" + jar.artifactId() + ": expected a jar, found "
                        + "the folder " + jar.file().getFileName() + " of a module that is not packaged yet. Run a"
                        + " phase from package on for the whole build.");
            }
            Path target = folder.resolve(jar.fileName());
            if (!names.add(jar.fileName())) {
                throw new MojoFailureException(jar.fileName()
                        + ": two dependencies have this file name; expected different ones. Exclude one of them.");
            }
            if (!isCopy(target, jar.file()) || (compare && Files.mismatch(target, jar.file()) >= 0)) {
                Files.copy(jar.file(), target, StandardCopyOption.REPLACE_EXISTING);
                // As an attribute that is copied it would be rounded, on Java 17.
                Files.setLastModifiedTime(target, Files.getLastModifiedTime(jar.file()));
            }
        }
    }

    /** By size and time, which a copy has from its original: there may be hundreds of megabytes. */
    private static boolean isCopy(Path target, Path original) throws IOException {
        return Files.isRegularFile(target)
                && Files.size(target) == Files.size(original)
                && Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(original));
    }

    private static Stream<RuntimeArtifact> artifact(ResolvedArtifact artifact) {
        return artifact.file().stream()
                .map(file -> new RuntimeArtifact(
                        artifact.key().groupId(),
                        artifact.key().artifactId(),
                        artifact.version(),
                        artifact.key().classifier(),
                        file,
                        artifact.reactor()));
    }
}
