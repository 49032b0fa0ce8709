package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.source.ArtifactCoordinates;
import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.inspect.source.SourceException;
import io.github.mlmaven.model.Digest;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifactType;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.util.artifact.DefaultArtifactTypeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, with Maven's resolver faked by hand; the integration tests run the real one. */
class ModelArtifactsTest {

    /** Of the three bytes {@code abc}: FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final ArtifactCoordinates ZIP = ArtifactCoordinates.parse("com.acme:fraud:1.4-SNAPSHOT:zip:model");

    private static final String UNRESOLVED =
            "ML-MODEL-ARTIFACT: com.acme:fraud:1.4-SNAPSHOT:zip:model: the model cannot be resolved; expected an artifact"
                    + " in one of the repositories acme, central, found ";

    @TempDir
    Path folder;

    @Test
    void aSnapshotHasTwoVersionsAndTheRepositoryItCameFrom() throws Exception {
        Path file = Files.writeString(folder.resolve("fraud.zip"), "abc");
        Files.writeString(folder.resolve("_remote.repositories"), "fraud.zip>acme=\n");

        ModelArtifact artifact = new ModelArtifacts(resolving(
                        request -> request.setVersion("1.4-20260101.000000-1").setFile(file.toFile())))
                .of(session(false))
                .fetch(ZIP);

        assertThat(artifact)
                .isEqualTo(new ModelArtifact(
                        "com.acme",
                        "fraud",
                        "zip",
                        "model",
                        "1.4-20260101.000000-1",
                        "1.4-SNAPSHOT",
                        "acme",
                        false,
                        file,
                        new Digest(ABC)));
    }

    @Test
    void aTypeThatMavenKnowsIsTakenAsMavenDoes() throws Exception {
        Path file = Files.writeString(folder.resolve("x.jar"), "abc");
        ArtifactCoordinates coordinates = ArtifactCoordinates.parse("com.acme:fraud:1:test-jar");
        ModelArtifact artifact = new ModelArtifacts(resolving(request -> request.setFile(file.toFile())))
                .of(session(false))
                .fetch(coordinates);
        assertThat(artifact.extension()).isEqualTo("jar");
        assertThat(artifact.classifier()).isEqualTo("tests");
    }

    @Test
    void aModuleOfThisBuildIsOne() throws Exception {
        Path file = Files.writeString(folder.resolve("x.onnx"), "abc");
        ModelArtifact artifact = new ModelArtifacts(resolving(request -> request.setFile(file.toFile())))
                .of(session(false))
                .fetch(ArtifactCoordinates.parse("com.acme:app:1.0"));
        assertThat(artifact.module()).isTrue();
        assertThat(artifact.repository()).isEqualTo("local");
    }

    @Test
    void aModuleThatIsNotPackagedYetIsTold() {
        assertThatThrownBy(() -> new ModelArtifacts(resolving(request -> request.setFile(folder.toFile())))
                        .of(session(false))
                        .fetch(ArtifactCoordinates.parse("com.acme:app:1.0")))
                .isInstanceOf(SourceException.class)
                .hasMessage("ML-MODEL-ARTIFACT: com.acme:app:1.0:onnx: the module that makes the model is not packaged"
                        + " yet; expected a file, found a folder of classes. Run a phase from package on for the whole"
                        + " build.");
    }

    @Test
    void whatNoRepositoryHasIsToldWithTheRepositories() {
        assertThatThrownBy(() -> fetch(false, new ArtifactNotFoundException(null, null, "no")))
                .isInstanceOf(SourceException.class)
                .hasMessage(UNRESOLVED + "it in none of them. Correct the <artifact>, or add the repository that has it"
                        + " to <repositories>; -U asks again for what was missing before.");
    }

    @Test
    void aTransferThatFailsIsToldAsMavenTellsIt() {
        assertThatThrownBy(() -> fetch(false, new ArtifactTransferException(null, null, "refused")))
                .isInstanceOf(SourceException.class)
                .hasMessage(UNRESOLVED + "refused. Correct the <artifact>, or add the repository that has it"
                        + " to <repositories>; -U asks again for what was missing before.");
    }

    @Test
    void offlineItSaysWhatToDo() {
        assertThatThrownBy(() -> fetch(true, new ArtifactNotFoundException(null, null, "offline")))
                .isInstanceOf(SourceException.class)
                .hasMessage(UNRESOLVED + "Maven offline and nothing in the local repository. Run the build once without"
                        + " -o, or install the artifact in the local repository.");
    }

    private static void fetch(boolean offline, Exception reason) throws Exception {
        RepositorySystem failing = proxy(request -> {
            ArtifactResult result = new ArtifactResult(request).addException(reason);
            throw new ArtifactResolutionException(List.of(result), reason.getMessage(), reason);
        });
        new ModelArtifacts(failing).of(session(offline)).fetch(ZIP);
    }

    private interface Change {
        Artifact of(Artifact artifact);
    }

    private interface Answer {
        Object to(ArtifactRequest request) throws Exception;
    }

    private static RepositorySystem resolving(Change change) {
        return proxy(request -> new ArtifactResult(request).setArtifact(change.of(request.getArtifact())));
    }

    private static RepositorySystem proxy(Answer answer) {
        return (RepositorySystem) Proxy.newProxyInstance(
                RepositorySystem.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (self, method, arguments) -> answer.to((ArtifactRequest) arguments[1]));
    }

    @SuppressWarnings("deprecation") // the only constructor
    private static MavenSession session(boolean offline) {
        DefaultRepositorySystemSession system = new DefaultRepositorySystemSession();
        system.setOffline(offline);
        system.setArtifactTypeRegistry(
                new DefaultArtifactTypeRegistry().add(new DefaultArtifactType("test-jar", "jar", "tests", "java")));
        MavenSession session =
                new MavenSession(null, system, new DefaultMavenExecutionRequest(), new DefaultMavenExecutionResult());
        MavenProject project = new MavenProject() {
            @Override
            public List<RemoteRepository> getRemoteProjectRepositories() {
                return List.of(repository("acme"), repository("central"));
            }
        };
        project.setGroupId("com.acme");
        project.setArtifactId("app");
        project.setVersion("1.0");
        project.setBuild(new Build());
        session.setProjects(List.of(project));
        session.setAllProjects(List.of(project));
        return session;
    }

    private static RemoteRepository repository(String id) {
        return new RemoteRepository.Builder(id, "default", "file:nowhere").build();
    }
}
