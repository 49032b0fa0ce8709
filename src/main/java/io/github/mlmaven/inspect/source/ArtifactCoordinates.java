package io.github.mlmaven.inspect.source;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which artifact of a repository a model is, or is in: {@code GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]]}.
 *
 * @param groupId its group
 * @param artifactId its name in the group
 * @param version one version, no range
 * @param type its type, {@code onnx} unless given
 * @param classifier its classifier, or the empty string
 */
public record ArtifactCoordinates(String groupId, String artifactId, String version, String type, String classifier) {

    /** How they are written, for messages. */
    public static final String FORM = "GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]]";

    private static final String TYPE = "onnx";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_.+-]+");

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException saying what was expected and what was found instead
     */
    public static ArtifactCoordinates parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length < 3 || parts.length > 5) {
            throw new IllegalArgumentException(
                    parts.length == 1 ? "one part without a colon" : parts.length + " parts");
        }
        for (int i = 0; i < parts.length; i++) {
            if (i == 2) {
                requireVersion(parts[i]);
            } else if (!PART.matcher(parts[i]).matches() || parts[i].matches("\\.+")) {
                throw new IllegalArgumentException("'" + parts[i] + "', which is no name");
            }
        }
        return new ArtifactCoordinates(
                parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : TYPE, parts.length > 4 ? parts[4] : "");
    }

    /** What is built must be what the pom says, today and in a year. */
    private static void requireVersion(String version) {
        boolean moves = switch (version.toUpperCase(Locale.ROOT)) {
            case "LATEST", "RELEASE" -> true;
            default -> version.startsWith("[") || version.startsWith("(");
        };
        if (moves) {
            throw new IllegalArgumentException("the version '" + version + "', which may be another one tomorrow");
        }
        if (!VERSION.matcher(version).matches() || version.matches("\\.+")) {
            throw new IllegalArgumentException("'" + version + "', which is no version");
        }
    }

    /** The name in what may be coordinates: whoever cannot be fetched is called something, too. */
    public static String nameIn(String text) {
        String[] parts = text.strip().split(":", -1);
        return parts.length > 1 ? parts[1] : parts[0];
    }

    /** As it was written, with the type. */
    @Override
    public String toString() {
        String text = groupId + ":" + artifactId + ":" + version + ":" + type;
        return classifier.isEmpty() ? text : text + ":" + classifier;
    }
}
