package io.github.mlmaven.image;

import java.nio.file.Path;

/**
 * A jar of the runtime class path.
 *
 * @param groupId its group
 * @param artifactId its artifact
 * @param version its version
 * @param classifier its classifier, or empty
 * @param file the jar
 */
public record RuntimeArtifact(String groupId, String artifactId, String version, String classifier, Path file) {

    /** Its coordinates, for messages. */
    public String coordinates() {
        return groupId + ":" + artifactId + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** The jar's name in the image: {@code ARTIFACT-VERSION[-CLASSIFIER].jar}. */
    public String fileName() {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
