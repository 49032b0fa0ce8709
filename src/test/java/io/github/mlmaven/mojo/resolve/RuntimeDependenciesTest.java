package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDependenciesTest {

    private final MavenProject project = module("app");

    @TempDir
    Path folder;

    @Test
    void onlyTheRuntimeClassPathCountsAndItsOrderStays() throws Exception {
        List<Artifact> artifacts = List.of(
                artifact("z", "compile", "jar", null),
                artifact("p", "provided", "jar", null),
                artifact("t", "test", "jar", null),
                artifact("s", "system", "jar", null),
                artifact("distribution", "runtime", "zip", null),
                artifact("a", "runtime", "jar", "linux-x86_64"));
        assertThat(RuntimeDependencies.resolved(artifacts, new Reactor(List.of(project)), project))
                .containsExactly(
                        resolved(ArtifactKey.jar("com.acme", "z"), "compile"),
                        resolved(new ArtifactKey("com.acme", "a", "jar", "linux-x86_64"), "runtime"));
    }

    @Test
    void aModuleOfTheBuildIsOneWhateverItsFile() throws Exception {
        Artifact sibling = artifact("features", "compile", "jar", null);
        sibling.setFile(Files.createDirectory(folder.resolve("classes")).toFile());
        Reactor reactor = new Reactor(List.of(project, module("features")));
        assertThat(RuntimeDependencies.resolved(List.of(sibling), reactor, project))
                .extracting(ResolvedArtifact::reactor)
                .containsExactly(true);
    }

    @Test
    void anotherVersionOfAModuleIsNoModule() throws Exception {
        MavenProject next = module("features");
        next.setVersion("2.0");
        Artifact released = artifact("features", "compile", "jar", null);
        assertThat(RuntimeDependencies.resolved(List.of(released), new Reactor(List.of(project, next)), project))
                .extracting(ResolvedArtifact::reactor)
                .containsExactly(false);
    }

    @Test
    void thePathIsWhatDependsOnIt() throws Exception {
        Artifact deep = artifact("deep", "compile", "jar", null);
        deep.setDependencyTrail(
                List.of("com.acme:direct:jar:1.0", "com.acme:mid:jar:linux:2.0", "com.acme:deep:jar:1.0"));
        assertThat(RuntimeDependencies.resolved(List.of(deep), new Reactor(List.of(project)), project))
                .extracting(ResolvedArtifact::path)
                .containsExactly(List.of("com.acme:direct", "com.acme:mid"));
    }

    private static ResolvedArtifact resolved(ArtifactKey key, String scope) {
        return new ResolvedArtifact(
                LockedArtifact.Id.of(key), "1.0", scope, Optional.empty(), "local", false, List.of());
    }

    private static MavenProject module(String name) {
        MavenProject module = new MavenProject();
        module.setGroupId("com.acme");
        module.setArtifactId(name);
        module.setVersion("1.0");
        module.setRemoteArtifactRepositories(List.of());
        return module;
    }

    private static Artifact artifact(String name, String scope, String type, String classifier) {
        DefaultArtifactHandler handler = new DefaultArtifactHandler(type);
        handler.setAddedToClasspath(type.equals("jar"));
        return new DefaultArtifact("com.acme", name, "1.0", scope, type, classifier, handler);
    }
}
