package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.Section;
import java.util.List;
import org.apache.maven.model.Dependency;

/**
 * Code that a build runs.
 *
 * @param section {@link Section#PLUGINS} or {@link Section#EXTENSIONS}
 * @param key which artifact
 * @param version its version
 * @param dependencies what the pom adds to its class path
 */
record BuildTool(Section section, ArtifactKey key, String version, List<Dependency> dependencies) {

    BuildTool {
        dependencies = List.copyOf(dependencies);
    }

    /** The name under which its class path is locked. */
    String name() {
        return key.groupId() + ":" + key.artifactId();
    }
}
