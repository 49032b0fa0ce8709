package io.github.mlmaven.mojo.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class PackagingDefaultsTest {

    private final MavenProject project = new MavenProject(new Model());

    @Test
    void aPomWithoutPropertiesCompilesReproduciblyForJava17() {
        PackagingDefaults.addTo(project);

        assertThat(project.getProperties())
                .containsEntry("maven.compiler.release", "17")
                .containsEntry("project.build.sourceEncoding", "UTF-8")
                .containsEntry("project.build.outputTimestamp", "1980-02-01T00:00:00Z");
    }

    @Test
    void whatThePomSaysStays() {
        project.getProperties().setProperty("maven.compiler.target", "21");
        project.getProperties().setProperty("project.build.outputTimestamp", "2026-01-01T00:00:00Z");

        PackagingDefaults.addTo(project);

        assertThat(project.getProperties())
                .doesNotContainKey("maven.compiler.release")
                .containsEntry("project.build.outputTimestamp", "2026-01-01T00:00:00Z");
    }
}
