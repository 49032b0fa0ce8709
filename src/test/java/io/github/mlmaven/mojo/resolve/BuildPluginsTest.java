package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.LifecycleNotFoundException;
import org.apache.maven.lifecycle.MavenExecutionPlan;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, with Maven's two services faked by hand; the integration tests run the real ones of every version. */
class BuildPluginsTest {

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void placeTheJar() throws Exception {
        jar = Files.writeString(folder.resolve("plugin.jar"), "x");
        Files.writeString(folder.resolve("_remote.repositories"), "plugin.jar>central=\n");
    }

    @Test
    void aPluginCountsOnceHoweverManyGoalsItHas() throws Exception {
        BuildPlugins plugins = new BuildPlugins(
                planning(plugin("compiler", "3.16.0"), plugin("jar", "3.5.1"), plugin("compiler", "3.16.0")),
                resolving());
        assertThat(plugins.of(session(module("app"))))
                .containsExactly(resolved("compiler", "3.16.0"), resolved("jar", "3.5.1"));
    }

    @Test
    void aPluginThatOnlyExtendsTheBuildCountsToo() throws Exception {
        Plugin extension = plugin("ml", "1.0");
        extension.setExtensions(true);
        MavenProject app = module("app");
        app.getBuild().setPlugins(List.of(extension, plugin("site", "3.22.0")));
        assertThat(new BuildPlugins(planning(), resolving()).of(session(app))).containsExactly(resolved("ml", "1.0"));
    }

    @Test
    void aPluginThatTheBuildItselfMakesIsAModule() throws Exception {
        BuildPlugins plugins = new BuildPlugins(planning(plugin("own", "1.0")), resolving());
        assertThat(plugins.of(session(module("app"), module("own"))))
                .containsExactly(new ResolvedArtifact(
                        ArtifactKey.jar("com.acme", "own"), "1.0", "", Optional.empty(), "local", true));
    }

    @Test
    void aPlanThatFailsSaysWhy() {
        LifecycleExecutor failing = proxy(LifecycleExecutor.class, arguments -> {
            throw new LifecycleNotFoundException("ml-model");
        });
        assertThatThrownBy(() -> new BuildPlugins(failing, resolving()).of(session(module("app"))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("Maven cannot plan the build up to package: Unknown lifecycle ml-model");
    }

    @Test
    void aPluginThatCannotBeResolvedSaysWhich() {
        RepositorySystem failing = proxy(RepositorySystem.class, arguments -> {
            throw new ArtifactResolutionException(List.of(), "com.acme:compiler is not in central");
        });
        BuildPlugins plugins = new BuildPlugins(planning(plugin("compiler", "3.16.0")), failing);
        assertThatThrownBy(() -> plugins.of(session(module("app"))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("Maven cannot resolve the plugins to lock: com.acme:compiler is not in central");
    }

    private ResolvedArtifact resolved(String name, String version) {
        return new ResolvedArtifact(ArtifactKey.jar("com.acme", name), version, "", Optional.of(jar), "central", false);
    }

    /** A lifecycle that answers only to a plan without setup up to package. */
    private static LifecycleExecutor planning(Plugin... plugins) {
        List<MojoExecution> executions = Arrays.stream(plugins)
                .map(plugin -> new MojoExecution(plugin, "goal", "default"))
                .toList();
        return proxy(LifecycleExecutor.class, arguments -> {
            assertThat(arguments[1]).isEqualTo(false);
            assertThat((String[]) arguments[2]).containsExactly("package");
            return new MavenExecutionPlan(List.of(), null) {
                @Override
                public List<MojoExecution> getMojoExecutions() {
                    return executions;
                }
            };
        });
    }

    private RepositorySystem resolving() {
        return proxy(RepositorySystem.class, arguments -> {
            List<ArtifactResult> results = new ArrayList<>();
            for (Object request : (Collection<?>) arguments[1]) {
                Artifact artifact = ((ArtifactRequest) request).getArtifact();
                results.add(new ArtifactResult((ArtifactRequest) request).setArtifact(artifact.setFile(jar.toFile())));
            }
            return results;
        });
    }

    private interface Answer {
        Object to(Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer.to(arguments)));
    }

    @SuppressWarnings("deprecation") // the only constructor
    private static MavenSession session(MavenProject... modules) {
        MavenSession session = new MavenSession(
                null,
                new DefaultRepositorySystemSession(),
                new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(modules[0]));
        session.setAllProjects(List.of(modules));
        return session;
    }

    private static MavenProject module(String name) {
        MavenProject module = new MavenProject();
        module.setGroupId("com.acme");
        module.setArtifactId(name);
        module.setVersion("1.0");
        module.setBuild(new Build());
        module.setPluginArtifactRepositories(List.of());
        return module;
    }

    private static Plugin plugin(String name, String version) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("com.acme");
        plugin.setArtifactId(name);
        plugin.setVersion(version);
        return plugin;
    }
}
