package io.github.mlmaven.mojo.resolve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;

/**
 * Leaves out of a plugin's class path what Maven itself gives every plugin, in any version from 3.8 to 4: so it is the
 * same class path in all of them.
 */
final class MavenProvided implements DependencyFilter {

    /** The exported artifacts in {@code META-INF/maven/extension.xml} of Maven's core, of all these versions. */
    private static final String LIST = "/META-INF/ml/provided-by-maven.txt";

    private static final Set<String> UNUSED_SCOPES = Set.of("provided", "test");

    private final Set<String> artifacts;

    MavenProvided() {
        try (InputStream in = MavenProvided.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IOException("the plugin's jar is incomplete: " + LIST + " is missing");
            }
            artifacts = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean accept(DependencyNode node, List<DependencyNode> parents) {
        if (node.getDependency() == null) {
            return false;
        }
        Artifact artifact = node.getArtifact();
        return !UNUSED_SCOPES.contains(node.getDependency().getScope())
                && !artifacts.contains(artifact.getGroupId() + ":" + artifact.getArtifactId());
    }
}
