package io.github.mlmaven.mojo.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagingDefaultsTest {

    private final MavenProject project = new MavenProject(new Model());

    @Test
    void aProjectThatSaysNothingIsCompiledForJava17() {
        PackagingDefaults.addReleaseTo(project);

        assertThat(project.getProperties())
                .containsEntry("maven.compiler.release", "17")
                .containsEntry("maven.compiler.target", "17")
                .containsEntry("maven.compiler.source", "17");
        assertThat(CompilerRelease.of(project)).contains(17);
    }

    @ParameterizedTest
    @CsvSource({"release, 21, 21", "target, 1.8, 8", "source, 11, 11"})
    void aReleaseThatThePomChoosesStays(String name, String value, int release) {
        project.getProperties().setProperty("maven.compiler." + name, value);

        PackagingDefaults.addReleaseTo(project);

        assertThat(project.getProperties()).hasSize(1);
        assertThat(CompilerRelease.of(project)).contains(release);
    }

    @Test
    void theJarIsReproducible() {
        PackagingDefaults.addTo(project);

        assertThat(project.getProperties())
                .containsEntry("project.build.sourceEncoding", "UTF-8")
                .containsEntry("project.build.outputTimestamp", "1980-02-01T00:00:00Z");
    }

    @Test
    void whatThePomSaysStays() {
        project.getProperties().setProperty("project.build.outputTimestamp", "2026-01-01T00:00:00Z");

        PackagingDefaults.addTo(project);

        assertThat(project.getProperties()).containsEntry("project.build.outputTimestamp", "2026-01-01T00:00:00Z");
    }
}
