package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.mojo.resolve.DependencyTrails;
import io.github.mlmaven.report.bom.BomLibrary;
import io.github.mlmaven.report.bom.BomProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/** The project and its jars as a bill of materials tells of them. */
public final class BomFacts {

    private BomFacts() {}

    /** The project itself. */
    public static BomProject project(MavenProject project) {
        return new BomProject(
                new ArtifactKey(
                        project.getGroupId(),
                        project.getArtifactId(),
                        project.getArtifact().getArtifactHandler().getExtension(),
                        ""),
                project.getVersion(),
                PomLicences.declared(project.getLicenses()));
    }

    /**
     * The jars of the runtime class path.
     *
     * @param session the build
     * @param classPath what Maven resolved for its current project
     * @throws MojoFailureException when a module of the build is not packaged yet
     */
    public static List<BomLibrary> libraries(MavenSession session, List<ResolvedArtifact> classPath)
            throws IOException, MojoFailureException {
        Map<ArtifactKey, ArtifactKey> parents =
                DependencyTrails.of(session.getCurrentProject().getArtifacts());
        PomLicences licences = new PomLicences(PomFiles.of(session));
        List<BomLibrary> libraries = new ArrayList<>();
        for (ResolvedArtifact artifact : classPath) {
            Path file = artifact.file().filter(Files::isRegularFile).orElse(null);
            if (file == null) {
                throw new MojoFailureException(artifact.key().brief() + ": expected a jar, found a module that is not"
                        + " packaged yet. Run a phase from package on for the whole build.");
            }
            ArtifactKey key = artifact.key();
            libraries.add(new BomLibrary(
                    key,
                    artifact.version(),
                    digest(file),
                    licences.of(key.groupId(), key.artifactId(), artifact.version()),
                    Optional.ofNullable(parents.get(key))));
        }
        return libraries;
    }

    /** The digest of a file. */
    public static Digest digest(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return Sha256.of(
                        Objects.requireNonNull(absolute.getParent(), "a file is in a folder"),
                        absolute.getFileName().toString())
                .digest();
    }
}
