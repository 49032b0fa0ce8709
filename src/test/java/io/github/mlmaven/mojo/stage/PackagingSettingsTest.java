package io.github.mlmaven.mojo.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class PackagingSettingsTest {

    private final MavenProject project = new MavenProject();

    @Test
    void whatIsNotSetIsLeftOut() {
        assertThat(new PackagingSettings(null, null, null, List.of(), Map.of()).of(project))
                .isEmpty();
    }

    @Test
    void everythingThatChangesTheImageIsThere() {
        project.getProperties().setProperty("project.build.sourceEncoding", "UTF-8");
        assertThat(new PackagingSettings("com.acme", "Main", "file", List.of("java.sql"), Map.of("team", "fraud"))
                        .of(project))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "labels/team", "fraud",
                        "ml.embed", "file",
                        "ml.embed.className", "Main",
                        "ml.embed.packageName", "com.acme",
                        "ml.image.modules", "java.sql",
                        "project.build.sourceEncoding", "UTF-8"));
    }

    @Test
    void theOrderOfModulesAndModulesNamedTwiceAreNoDifference() {
        assertThat(modules("java.sql", "java.naming", "java.sql")).isEqualTo(modules("java.naming", "java.sql"));
    }

    private Map<String, String> modules(String... modules) {
        return new PackagingSettings(null, null, null, List.of(modules), Map.of()).of(project);
    }

    @Test
    void ofALabelThatMovesWithEveryCommitOnlyTheNameIsKept() {
        assertThat(new PackagingSettings(
                                null,
                                null,
                                null,
                                List.of(),
                                Map.of(
                                        "org.opencontainers.image.revision", "4711",
                                        "org.opencontainers.image.vendor", "Acme"))
                        .of(project))
                .containsExactly(
                        Map.entry("labels/org.opencontainers.image.revision", ""),
                        Map.entry("labels/org.opencontainers.image.vendor", "Acme"));
    }
}
