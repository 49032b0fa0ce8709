package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules, with poms in a folder; the integration tests resolve real ones. */
class ProjectPomsTest {

    @TempDir
    Path folder;

    @Test
    void aBomThatImportsABomWithTheWayToIt() throws Exception {
        pom("outer-1", imports("inner", "2"));
        pom("inner-2", "");
        assertThat(poms(Sessions.project("app", model(imports("outer", "1")))))
                .containsExactly("outer:1 acme []", "inner:2 acme [com.acme:outer]");
    }

    @Test
    void theProjectsParentsAndWhatTheyImport() throws Exception {
        pom("parent-1.0", "");
        pom("grandparent-1.0", "");
        pom("bom-1.0", "");
        MavenProject app = Sessions.project("app");
        app.setParent(Sessions.project("parent", model(imports("bom", "${project.version}"))));
        app.getParent().setParent(Sessions.project("grandparent"));
        assertThat(poms(app))
                .containsExactly(
                        "parent:1.0 acme []",
                        "bom:1.0 acme [com.acme:parent]",
                        "grandparent:1.0 acme [com.acme:parent]");
    }

    @Test
    void aParentBesideTheProjectAndAModuleHaveNoFile() throws Exception {
        MavenProject app = Sessions.project("app");
        app.setParent(Sessions.project("beside"));
        app.getParent().setFile(Files.writeString(folder.resolve("pom.xml"), "").toFile());
        app.getParent().setParent(Sessions.project("module"));
        assertThat(poms(app, Sessions.project("module")))
                .containsExactly("beside:1.0 module []", "module:1.0 module [com.acme:beside]");
    }

    @Test
    void whatAModuleThatIsABomImports() throws Exception {
        pom("foreign-3", "");
        MavenProject bom = Sessions.project("bom", model(imports("foreign", "${foreign.version}")));
        bom.getProperties().setProperty("foreign.version", "3");
        assertThat(poms(Sessions.project("app", model(imports("bom", "1.0"))), bom))
                .containsExactly("bom:1.0 module []", "foreign:3 acme [com.acme:bom]");
    }

    @Test
    void bomsWithTheSameParentBothKnowItsProperties() throws Exception {
        String parent =
                "<parent><groupId>com.acme</groupId><artifactId>common</artifactId><version>5</version></parent>";
        pom("common-5", "<properties><x>7</x></properties>");
        pom("one-1", parent);
        pom("two-1", parent + imports("x", "${x}"));
        pom("x-7", "");
        assertThat(poms(Sessions.project("app", model(imports("one", "1", "two", "1")))))
                .containsExactly(
                        "one:1 acme []", "common:5 acme [com.acme:one]", "two:1 acme []", "x:7 acme [com.acme:two]");
    }

    @Test
    void theCommandLineDecidesVersionsInABomToo() throws Exception {
        pom("outer-1", "<properties><x>7</x></properties>" + imports("x", "${x}"));
        pom("x-8", "");
        MavenSession session = Sessions.of(Sessions.project("app", model(imports("outer", "1"))));
        session.getUserProperties().setProperty("x", "8");
        assertThat(poms(session)).containsExactly("outer:1 acme []", "x:8 acme [com.acme:outer]");
    }

    @Test
    void aCircleEnds() throws Exception {
        pom("a-1", imports("b", "1"));
        pom(
                "b-1",
                "<parent><groupId>com.acme</groupId><artifactId>b</artifactId><version>1</version></parent>"
                        + imports("a", "1"));
        assertThat(poms(Sessions.project("app", model(imports("a", "1")))))
                .containsExactly("a:1 acme []", "b:1 acme [com.acme:a]");
    }

    @Test
    void whatIsManagedButNotImportedIsNoPom() throws Exception {
        String managed = imports("library", "1").replace("<scope>import</scope>", "");
        assertThat(poms(Sessions.project("app", model(managed)))).isEmpty();
    }

    @Test
    void whatCannotBeResolvedIsToldAsMavenTellsIt() {
        assertThatThrownBy(() -> poms(Sessions.project("app", model(imports("bom", "${unknown}")))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("Maven cannot resolve the poms to lock: no com.acme:bom:pom:${unknown}");
    }

    @Test
    void aFileThatIsNoPomIsTold() throws Exception {
        Files.writeString(folder.resolve("bom-1.pom"), "<html>");
        assertThatThrownBy(() -> poms(Sessions.project("app", model(imports("bom", "1")))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("bom-1.pom is no pom: ");
    }

    private List<String> poms(MavenProject... modules) throws Exception {
        return poms(Sessions.of(modules));
    }

    private List<String> poms(MavenSession session) throws Exception {
        return new ProjectPoms(repositories())
                .of(session).stream()
                        .map(pom -> pom.key().artifactId() + ":" + pom.version() + " "
                                + (pom.reactor() ? "module" : pom.repository()) + " " + pom.path())
                        .toList();
    }

    /** Resolves {@code NAME-VERSION.pom} in the folder. */
    private RepositorySystem repositories() {
        return (RepositorySystem) Proxy.newProxyInstance(
                RepositorySystem.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (self, method, arguments) -> {
                    ArtifactRequest request = (ArtifactRequest) arguments[1];
                    Artifact pom = request.getArtifact();
                    Path file = folder.resolve(pom.getArtifactId() + "-" + pom.getVersion() + ".pom");
                    if (Files.notExists(file)) {
                        throw new ArtifactResolutionException(List.of(new ArtifactResult(request)), "no " + pom);
                    }
                    return new ArtifactResult(request).setArtifact(pom.setFile(file.toFile()));
                });
    }

    private void pom(String name, String body) throws IOException {
        Files.writeString(folder.resolve(name + ".pom"), "<project>" + body + "</project>");
        Files.writeString(
                folder.resolve("_remote.repositories"),
                name + ".pom>acme=\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static Model model(String body) throws Exception {
        return new MavenXpp3Reader().read(new StringReader("<project>" + body + "</project>"));
    }

    private static String imports(String... namesAndVersions) {
        StringBuilder boms = new StringBuilder();
        for (int i = 0; i < namesAndVersions.length; i += 2) {
            boms.append("<dependency><groupId>com.acme</groupId><artifactId>" + namesAndVersions[i]
                    + "</artifactId><version>" + namesAndVersions[i + 1]
                    + "</version><type>pom</type><scope>import</scope></dependency>");
        }
        return "<dependencyManagement><dependencies>" + boms + "</dependencies></dependencyManagement>";
    }
}
