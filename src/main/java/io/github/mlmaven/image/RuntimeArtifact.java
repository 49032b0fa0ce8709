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
 * @param module whether the same build made it, so that it has times and permissions of this machine
 */
public record RuntimeArtifact(
        String groupId, String artifactId, String version, String classifier, Path file, boolean module) {

    /** A jar out of a repository. */
    public RuntimeArtifact(String groupId, String artifactId, String version, String classifier, Path file) {
        this(groupId, artifactId, version, classifier, file, false);
    }

    /** Its coordinates, for messages. */
    public String coordinates() {
        return groupId + ":" + artifactId + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
    }

    /** The jar's name in the image: {@code ARTIFACT-VERSION[-CLASSIFIER].jar}. */
    public String fileName() {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
