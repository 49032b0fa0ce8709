package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.Dependency;
import org.junit.jupiter.api.Test;

class MavenProvidedTest {

    private final MavenProvided used = new MavenProvided();

    @Test
    void whatEveryMavenGivesItsPluginsIsLeftOutInAnyVersion() {
        assertThat(accepts("org.apache.maven:maven-plugin-api:3.9.16", "runtime"))
                .isFalse();
        assertThat(accepts("org.apache.maven:maven-core:3.0", "compile")).isFalse();
        assertThat(accepts("javax.inject:javax.inject:1", "compile")).isFalse();
        assertThat(accepts("org.apache.maven:maven-archiver:3.6.0", "compile")).isTrue();
    }

    @Test
    void onlyWhatAPluginRunsWithCounts() {
        assertThat(accepts("com.acme:a:1", "compile")).isTrue();
        assertThat(accepts("com.acme:a:1", "runtime")).isTrue();
        assertThat(accepts("com.acme:a:1", "")).isTrue();
        assertThat(accepts("com.acme:a:1", "provided")).isFalse();
        assertThat(accepts("com.acme:a:1", "test")).isFalse();
        assertThat(used.accept(new DefaultDependencyNode(new DefaultArtifact("com.acme:a:1")), List.of()))
                .isFalse();
    }

    private boolean accepts(String artifact, String scope) {
        return used.accept(new DefaultDependencyNode(new Dependency(new DefaultArtifact(artifact), scope)), List.of());
    }
}
