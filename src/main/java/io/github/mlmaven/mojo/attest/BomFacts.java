package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.image.EngineNatives;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.NativeLibrary;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.mojo.resolve.DependencyTrails;
import io.github.mlmaven.report.bom.BomImage;
import io.github.mlmaven.report.bom.BomLibrary;
import io.github.mlmaven.report.bom.BomProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * An image, with the natives that each of its platforms has.
     *
     * @param classPath the runtime class path
     */
    public static BomImage image(ImageResult image, List<RuntimeArtifact> classPath) throws IOException {
        SortedMap<Platform, List<NativeLibrary>> natives = new TreeMap<>();
        for (Platform platform : image.platforms()) {
            natives.put(platform, EngineNatives.of(classPath, platform));
        }
        return new BomImage(image, natives);
    }

    /**
     * The jars of the runtime class path.
     *
     * @param session the build
     * @param classPath what Maven resolved for its current project
     * @param digests what knows or finds out the digests of its jars
     * @throws MojoFailureException when a module of the build is not packaged yet
     */
    public static List<BomLibrary> libraries(
            MavenSession session, List<ResolvedArtifact> classPath, FileDigests digests)
            throws IOException, MojoFailureException {
        Map<ArtifactKey, ArtifactKey> parents =
                DependencyTrails.of(session.getCurrentProject().getArtifacts());
        PomLicences licences = new PomLicences(PomFiles.of(session));
        Map<Path, Digest> known = digests.of(files(classPath));
        List<BomLibrary> libraries = new ArrayList<>();
        for (ResolvedArtifact artifact : classPath) {
            ArtifactKey key = artifact.key();
            libraries.add(new BomLibrary(
                    key,
                    artifact.version(),
                    artifact.file().map(known::get).orElseThrow(),
                    licences.of(key.groupId(), key.artifactId(), artifact.version()),
                    Optional.ofNullable(parents.get(key))));
        }
        return libraries;
    }

    private static List<Path> files(List<ResolvedArtifact> classPath) throws MojoFailureException {
        List<Path> files = new ArrayList<>();
        for (ResolvedArtifact artifact : classPath) {
            files.add(artifact.file()
                    .filter(Files::isRegularFile)
                    .orElseThrow(() -> new MojoFailureException(
                            artifact.key().brief() + ": expected a jar, found a module that is not packaged yet. Run a"
                                    + " phase from package on for the whole build.")));
        }
        return files;
    }

    /** The digest of a file. */
    public static Digest digest(Path file) throws IOException {
        return FileDigests.reading().of(file);
    }
}
