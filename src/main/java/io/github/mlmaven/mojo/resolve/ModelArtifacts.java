package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.source.ArtifactCoordinates;
import io.github.mlmaven.inspect.source.ArtifactSource;
import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.inspect.source.SourceException;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactType;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** Models in repositories, resolved as Maven resolves everything: with mirrors, proxies, credentials and offline. */
public final class ModelArtifacts {

    private final RepositorySystem repositories;

    @Inject
    public ModelArtifacts(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /** From the repositories of the session's current project. */
    public ArtifactSource of(MavenSession session) {
        return coordinates -> fetch(session, coordinates);
    }

    private ModelArtifact fetch(MavenSession session, ArtifactCoordinates coordinates)
            throws SourceException, IOException {
        List<RemoteRepository> remotes = session.getCurrentProject().getRemoteProjectRepositories();
        List<String> ids = remotes.stream().map(RemoteRepository::getId).toList();
        RepositorySystemSession system = session.getRepositorySession();
        Artifact artifact;
        try {
            artifact = repositories
                    .resolveArtifact(system, new ArtifactRequest(artifact(system, coordinates), remotes, "model"))
                    .getArtifact();
        } catch (ArtifactResolutionException e) {
            throw new SourceException(unresolved(coordinates, ids, system.isOffline(), e));
        }
        Path file = artifact.getFile().toPath();
        if (!Files.isRegularFile(file)) {
            throw new SourceException(Finding.of(
                    FindingId.MODEL_ARTIFACT,
                    coordinates.toString(),
                    "the module that makes the model is not packaged yet",
                    "a file",
                    "a folder of classes",
                    "Run a phase from package on for the whole build."));
        }
        boolean module = Reactor.of(session)
                .contains(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion());
        return new ModelArtifact(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getExtension(),
                artifact.getClassifier(),
                artifact.getVersion(),
                artifact.getBaseVersion(),
                module ? ResolvedArtifact.LOCAL : RepositoryOf.file(file, artifact.getVersion(), ids),
                module,
                file,
                FileDigests.reading().of(file));
    }

    /** A type is what a file is called in the end, unless Maven knows better, as of {@code test-jar}. */
    private static Artifact artifact(RepositorySystemSession system, ArtifactCoordinates coordinates) {
        ArtifactType type = system.getArtifactTypeRegistry().get(coordinates.type());
        String classifier = coordinates.classifier();
        return new DefaultArtifact(
                coordinates.groupId(),
                coordinates.artifactId(),
                classifier.isEmpty() && type != null ? type.getClassifier() : classifier,
                type == null ? coordinates.type() : type.getExtension(),
                coordinates.version());
    }

    private static Finding unresolved(
            ArtifactCoordinates coordinates, List<String> ids, boolean offline, ArtifactResolutionException e) {
        boolean absent = e.getResult() == null
                || e.getResult().getExceptions().stream().allMatch(ArtifactNotFoundException.class::isInstance);
        String found;
        if (offline) {
            found = "Maven offline and nothing in the local repository";
        } else {
            found = absent ? "it in none of them" : String.valueOf(e.getMessage());
        }
        return Finding.of(
                FindingId.MODEL_ARTIFACT,
                coordinates.toString(),
                "the model cannot be resolved",
                "an artifact in one of the repositories " + String.join(", ", ids),
                found,
                offline
                        ? "Run the build once without -o, or install the artifact in the local repository."
                        : "Correct the <artifact>, or add the repository that has it to <repositories>; -U asks again"
                                + " for what was missing before.");
    }
}
