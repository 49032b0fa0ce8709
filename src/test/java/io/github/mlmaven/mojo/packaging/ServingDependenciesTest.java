package io.github.mlmaven.mojo.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ServingDependenciesTest {

    private final RuntimeIndex index =
            new RuntimeIndex("1.0", List.of(new RuntimeIndex.Library("io.vertx", "vertx-core", "5.0")));
    private final MavenProject project = new MavenProject(new Model());

    @Test
    void theServingJarAndEachLibraryAreAddedAlone() {
        new ServingDependencies(index).addTo(project);

        assertThat(project.getDependencies())
                .extracting(Dependency::getManagementKey, Dependency::getVersion, Dependency::getScope)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "io.github.mlmaven:ml-maven-plugin:jar:serving", "1.0", "compile"),
                        org.assertj.core.groups.Tuple.tuple("io.vertx:vertx-core:jar", "5.0", "compile"));
        assertThat(project.getDependencies())
                .allSatisfy(dependency -> assertThat(dependency.getExclusions())
                        .singleElement()
                        .satisfies(e -> assertThat(e.getGroupId() + ":" + e.getArtifactId())
                                .isEqualTo("*:*")));
    }

    @Test
    void dependencyManagementDecidesTheVersion() {
        DependencyManagement management = new DependencyManagement();
        management.addDependency(dependency("5.9"));
        project.getModel().setDependencyManagement(management);

        new ServingDependencies(index).addTo(project);

        assertThat(project.getDependencies().get(1).getVersion()).isEqualTo("5.9");
    }

    @Test
    void whatTheProjectDeclaresStays() {
        project.getModel().addDependency(dependency("4.5"));

        new ServingDependencies(index).addTo(project);

        assertThat(project.getDependencies())
                .filteredOn(d -> d.getArtifactId().equals("vertx-core"))
                .singleElement()
                .satisfies(d -> assertThat(d.getVersion()).isEqualTo("4.5"));
    }

    @Test
    void theIndexOfThisBuildNamesWhatTheServerImports() {
        RuntimeIndex own = RuntimeIndex.load();

        assertThat(own.version()).isNotBlank().doesNotContain("$");
        assertThat(own.libraries())
                .extracting(RuntimeIndex.Library::artifactId)
                .contains("vertx-core", "netty-codec-http", "onnxruntime", "jackson-core", "fastcsv")
                .doesNotContain("jackson-databind", "jib-core");
    }

    private static Dependency dependency(String version) {
        Dependency dependency = new Dependency();
        dependency.setGroupId("io.vertx");
        dependency.setArtifactId("vertx-core");
        dependency.setVersion(version);
        return dependency;
    }
}
