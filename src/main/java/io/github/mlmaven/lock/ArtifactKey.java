package io.github.mlmaven.lock;

/**
 * What tells one artifact from another, whatever its version.
 *
 * @param groupId its group
 * @param artifactId its name in the group
 * @param extension its file's extension, for example {@code jar}
 * @param classifier its classifier, or the empty string
 */
public record ArtifactKey(String groupId, String artifactId, String extension, String classifier)
        implements Comparable<ArtifactKey> {

    public ArtifactKey {
        requirePart(groupId, "group");
        requirePart(artifactId, "name");
        requirePart(extension, "extension");
        if (classifier.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a classifier has no colon: " + classifier);
        }
    }

    /** The key of a plain jar. */
    public static ArtifactKey jar(String groupId, String artifactId) {
        return new ArtifactKey(groupId, artifactId, "jar", "");
    }

    /** The shortest form that is clear: {@code GROUP:NAME} for a plain jar, else the whole key. */
    public String brief() {
        return extension.equals("jar") && classifier.isEmpty() ? groupId + ":" + artifactId : toString();
    }

    @Override
    public int compareTo(ArtifactKey other) {
        return toString().compareTo(other.toString());
    }

    /** Maven's own order: {@code GROUP:NAME:EXTENSION[:CLASSIFIER]}. */
    @Override
    public String toString() {
        String key = groupId + ":" + artifactId + ":" + extension;
        return classifier.isEmpty() ? key : key + ":" + classifier;
    }

    static String requirePart(String part, String what) {
        if (part.isEmpty() || part.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an artifact's " + what + " is not empty and has no colon: " + part);
        }
        return part;
    }
}
