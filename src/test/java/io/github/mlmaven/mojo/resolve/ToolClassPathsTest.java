package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.Section;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Exclusion;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.CollectResult;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, with a resolver that gives every plugin one library below another, and what its pom adds. */
class ToolClassPathsTest {

    private static final BuildTool JAR = tool("jar", "3.0");

    private final MavenSession session = Sessions.of(Sessions.project("app"), Sessions.project("module"));
    private final List<String> collected = new ArrayList<>();
    private String libraryVersion = "1";
    private String range = "";

    @TempDir
    Path folder;

    private Path memory;

    @BeforeEach
    void rememberInAFolderThatIsNotThereYet() {
        memory = folder.resolve("classpaths");
    }

    @Test
    void thePluginIsOneThingAndItsClassPathAnother() throws Exception {
        assertThat(of(JAR))
                .containsExactly(
                        "PLUGINS jar:3.0 []",
                        "PLUGIN_DEPENDENCIES com.acme:jar/library:1 [com.acme:jar]",
                        "PLUGIN_DEPENDENCIES com.acme:jar/deep:1 [com.acme:jar, com.acme:library]");
    }

    @Test
    void aModuleOfTheBuildIsNotResolved() throws Exception {
        assertThat(of(tool("module", "1.0"))).containsExactly("PLUGINS module:1.0 []");
        assertThat(collected).isEmpty();
    }

    @Test
    void whatWasResolvedOnceIsRemembered() throws Exception {
        List<String> first = of(JAR);
        assertThat(of(JAR)).isEqualTo(first);
        assertThat(collected).containsExactly("com.acme:jar:jar:3.0");
    }

    @Test
    void withoutTrustEverythingIsResolvedAndRememberedAnew() throws Exception {
        of(JAR);
        ToolClassPaths paths = new ToolClassPaths(repositories());
        paths.of(List.of(JAR), new ClassPathMemory(memory, folder, false), session);
        assertThat(collected).hasSize(2);
        of(JAR);
        assertThat(collected).hasSize(2);
    }

    @Test
    void aFileThatIsGoneIsResolvedAgain() throws Exception {
        of(JAR);
        Files.delete(folder.resolve("deep-1.jar"));
        of(JAR);
        assertThat(collected).hasSize(2);
        assertThat(folder.resolve("deep-1.jar")).exists();
    }

    @Test
    void aSnapshotOnTheWayOrAVersionOutOfARangeIsResolvedEveryTime() throws Exception {
        libraryVersion = "1-SNAPSHOT";
        of(JAR);
        of(JAR);
        assertThat(collected).hasSize(2);
        libraryVersion = "1";
        range = "[1,2)";
        of(JAR);
        of(JAR);
        assertThat(collected).hasSize(4);
    }

    @Test
    void garbageIsResolvedAgain() throws Exception {
        for (String garbage :
                List.of("", "\n", "no tab", "a:b\t" + folder.resolve("deep-1.jar"), "\0\t\0", "a:b:1\t")) {
            of(JAR);
            try (Stream<Path> files = Files.list(memory)) {
                Files.writeString(files.findFirst().orElseThrow(), garbage);
            }
            collected.clear();
            assertThat(of(JAR)).as(garbage).hasSize(3);
            assertThat(collected).as(garbage).hasSize(1);
        }
    }

    @Test
    void anotherVersionOrOtherDependenciesInThePomAreAnotherClassPath() throws Exception {
        Dependency extra = new Dependency();
        extra.setGroupId("com.acme");
        extra.setArtifactId("extra");
        extra.setVersion("1");
        Dependency newer = extra.clone();
        newer.setVersion("2");
        Dependency excluding = extra.clone();
        Exclusion exclusion = new Exclusion();
        exclusion.setGroupId("*");
        exclusion.setArtifactId("*");
        excluding.addExclusion(exclusion);
        of(JAR);
        of(tool("jar", "3.1"));
        of(tool("jar", "3.0", extra));
        of(tool("jar", "3.0", newer));
        of(tool("jar", "3.0", excluding));
        assertThat(collected)
                .containsExactly(
                        "com.acme:jar:jar:3.0",
                        "com.acme:jar:jar:3.1",
                        "com.acme:jar:jar:3.0 com.acme:extra:jar:1",
                        "com.acme:jar:jar:3.0 com.acme:extra:jar:2",
                        "com.acme:jar:jar:3.0 com.acme:extra:jar:1");
    }

    @Test
    void whatCannotBeResolvedIsToldAsMavenTellsIt() {
        assertThatThrownBy(() -> of(tool("unresolvable", "1")))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("Maven cannot resolve the class path of com.acme:unresolvable to lock: refused");
    }

    private List<String> of(BuildTool tool) throws MojoExecutionException, IOException {
        List<String> all = new ArrayList<>();
        new ToolClassPaths(repositories())
                .of(List.of(tool), new ClassPathMemory(memory, folder, true), session)
                .forEach((section, artifacts) -> artifacts.forEach(artifact -> all.add(section + " "
                        + (artifact.id().owner().isEmpty() ? "" : artifact.id().owner() + "/")
                        + artifact.key().artifactId() + ":" + artifact.version() + " " + artifact.path())));
        all.sort((a, b) -> Boolean.compare(b.startsWith("PLUGINS"), a.startsWith("PLUGINS")));
        return all;
    }

    private static BuildTool tool(String name, String version, Dependency... dependencies) {
        return new BuildTool(Section.PLUGINS, ArtifactKey.jar("com.acme", name), version, List.of(dependencies));
    }

    private RepositorySystem repositories() {
        return (RepositorySystem) Proxy.newProxyInstance(
                RepositorySystem.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (self, method, arguments) -> method.getName().equals("collectDependencies")
                        ? collect((CollectRequest) arguments[1])
                        : resolve((DependencyRequest) arguments[1]));
    }

    private CollectResult collect(CollectRequest request) throws Exception {
        StringBuilder asked = new StringBuilder(request.getRoot().getArtifact().toString());
        request.getDependencies().forEach(extra -> asked.append(" ").append(extra.getArtifact()));
        collected.add(asked.toString());
        DefaultDependencyNode deep = node("deep", "1");
        DefaultDependencyNode library = node("library", libraryVersion);
        library.setChildren(List.of(deep));
        if (!range.isEmpty()) {
            library.setVersionConstraint(new GenericVersionScheme().parseVersionConstraint(range));
        }
        DefaultDependencyNode root = new DefaultDependencyNode(request.getRoot());
        root.setChildren(List.of(library));
        return new CollectResult(request).setRoot(root);
    }

    private static DefaultDependencyNode node(String name, String version) {
        Artifact artifact = new DefaultArtifact("com.acme", name, "jar", version);
        return new DefaultDependencyNode(new org.eclipse.aether.graph.Dependency(artifact, "runtime"));
    }

    private DependencyResult resolve(DependencyRequest request) throws Exception {
        DependencyResult result = new DependencyResult(request);
        if (request.getRoot().getArtifact().getArtifactId().equals("unresolvable")) {
            throw new DependencyResolutionException(result, "refused", null);
        }
        fetch(request.getRoot());
        return result;
    }

    private void fetch(DependencyNode node) throws IOException {
        Artifact artifact = node.getArtifact();
        Path file = folder.resolve(artifact.getArtifactId() + "-" + artifact.getVersion() + ".jar");
        node.setArtifact(artifact.setFile(Files.writeString(file, "jar").toFile()));
        for (DependencyNode child : node.getChildren()) {
            fetch(child);
        }
    }
}
