package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.LifecycleNotFoundException;
import org.apache.maven.lifecycle.MavenExecutionPlan;
import org.apache.maven.model.Build;
import org.apache.maven.model.Extension;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, with Maven's lifecycle faked by hand; the integration tests run the real one of every version. */
class BuildToolsTest {

    @TempDir
    Path folder;

    @Test
    void aPluginCountsOnceHoweverManyGoalsItHas() throws Exception {
        assertThat(tools(
                        session(module("app")),
                        plugin("compiler", "3.16.0"),
                        plugin("jar", "3.5.1"),
                        plugin("compiler", "3.16.0")))
                .containsExactly("PLUGINS com.acme:compiler:jar 3.16.0", "PLUGINS com.acme:jar:jar 3.5.1");
    }

    @Test
    void whatOnlyExtendsTheBuildCountsToo() throws Exception {
        Plugin extending = plugin("ml", "1.0");
        extending.setExtensions(true);
        Extension wagon = new Extension();
        wagon.setGroupId("com.acme");
        wagon.setArtifactId("wagon");
        wagon.setVersion("3.5");
        MavenProject app = module("app");
        app.getBuild().setPlugins(List.of(extending, plugin("site", "3.22.0")));
        app.getBuild().setExtensions(List.of(wagon));
        Files.writeString(
                Files.createDirectory(folder.resolve(".mvn")).resolve("extensions.xml"),
                "<extensions><extension><groupId>com.acme</groupId><artifactId>core</artifactId>"
                        + "<version> 2.0 </version></extension></extensions>");

        assertThat(tools(session(app)))
                .containsExactly(
                        "EXTENSIONS com.acme:core:jar 2.0",
                        "EXTENSIONS com.acme:wagon:jar 3.5",
                        "PLUGINS com.acme:ml:jar 1.0");
    }

    @Test
    void anExtensionsFileThatIsNoneSaysSo() throws Exception {
        Path file = Files.createDirectory(folder.resolve(".mvn")).resolve("extensions.xml");
        Files.writeString(file, "<extensions><extension><groupId>g</groupId></extension></extensions>");
        assertThatThrownBy(() -> CoreExtensions.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(".mvn/extensions.xml: an extension without artifactId");
        Files.writeString(file, "<extensions><extension></extensions>");
        assertThatThrownBy(() -> CoreExtensions.of(folder))
                .hasMessageStartingWith(".mvn/extensions.xml cannot be read: ");
    }

    @Test
    void aPlanThatFailsSaysWhy() {
        LifecycleExecutor failing = proxy(arguments -> {
            throw new LifecycleNotFoundException("ml-model");
        });
        assertThatThrownBy(() -> new BuildTools(failing).of(session(module("app"))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("Maven cannot plan the build up to package: Unknown lifecycle ml-model");
    }

    private static List<String> tools(MavenSession session, Plugin... planned) throws Exception {
        return new BuildTools(planning(planned))
                .of(session).stream()
                        .map(tool -> tool.section() + " " + tool.key() + " " + tool.version())
                        .toList();
    }

    /** A lifecycle that answers only to a plan without setup up to package. */
    private static LifecycleExecutor planning(Plugin... plugins) {
        List<MojoExecution> executions = Arrays.stream(plugins)
                .map(plugin -> new MojoExecution(plugin, "goal", "default"))
                .toList();
        return proxy(arguments -> {
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

    private interface Answer {
        Object to(Object[] arguments) throws Exception;
    }

    private static LifecycleExecutor proxy(Answer answer) {
        return (LifecycleExecutor) Proxy.newProxyInstance(
                LifecycleExecutor.class.getClassLoader(),
                new Class<?>[] {LifecycleExecutor.class},
                (self, method, arguments) -> answer.to(arguments));
    }

    @SuppressWarnings("deprecation") // the only constructor
    private MavenSession session(MavenProject... modules) {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setMultiModuleProjectDirectory(folder.toFile());
        MavenSession session = new MavenSession(
                null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
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
