package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ArtifactKey;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.junit.jupiter.api.Test;

class DependencyTrailsTest {

    private static final String ROOT = "com.acme:app:jar:1.0";

    @Test
    void whatAnotherDependencyBroughtHasThatOneAsItsParent() {
        Artifact direct = artifact("direct");
        Artifact brought = artifact("brought");
        Artifact bySomethingElse = artifact("other");
        direct.setDependencyTrail(List.of(ROOT, direct.getId()));
        brought.setDependencyTrail(List.of(ROOT, direct.getId(), brought.getId()));
        bySomethingElse.setDependencyTrail(List.of(ROOT, "com.acme:gone:jar:1.0", bySomethingElse.getId()));

        assertThat(DependencyTrails.of(List.of(direct, brought, bySomethingElse, artifact("without-trail"))))
                .isEqualTo(Map.of(ArtifactKey.jar("com.acme", "brought"), ArtifactKey.jar("com.acme", "direct")));
    }

    private static Artifact artifact(String name) {
        DefaultArtifactHandler jar = new DefaultArtifactHandler("jar");
        return new DefaultArtifact("com.acme", name, "1.0", "compile", "jar", null, jar);
    }
}
