package io.github.mlmaven.mojo.resolve;

import java.util.Properties;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the expressions <code>${…}</code> in what a pom names: what a user set on the command line, the project's own
 * coordinates, its properties. What is unknown stays as it is.
 *
 * @param values the value of an expression, or null
 */
record Interpolation(Function<String, @Nullable String> values) {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^${}]+)}");

    /** A property may name another; nobody nests them deeper. */
    private static final int MAX_DEPTH = 16;

    private static final int MAX_LENGTH = 4096;

    /**
     * What a project knows, profiles and parents included.
     *
     * @param session what knows the command line, the system and, as {@code env.NAME}, the environment
     */
    static Interpolation of(MavenProject project, MavenSession session) {
        return new Interpolation(name -> switch (name) {
            case "project.groupId", "pom.groupId", "groupId" -> project.getGroupId();
            case "project.version", "pom.version", "version" -> project.getVersion();
            case "project.artifactId", "pom.artifactId", "artifactId" -> project.getArtifactId();
            case "project.parent.version" ->
                project.getParent() == null ? null : project.getParent().getVersion();
            case "project.parent.groupId" ->
                project.getParent() == null ? null : project.getParent().getGroupId();
            default -> property(project, session, name);
        });
    }

    private static @Nullable String property(MavenProject project, MavenSession session, String name) {
        String value = session.getUserProperties()
                .getProperty(name, project.getProperties().getProperty(name));
        return value == null ? session.getSystemProperties().getProperty(name) : value;
    }

    /**
     * What a pom of a repository knows.
     *
     * @param properties those of the session, of its parents and its own, as they win over each other
     */
    static Interpolation of(Model pom, Properties properties) {
        return new Interpolation(name -> switch (name) {
            case "project.groupId", "pom.groupId", "groupId" -> groupId(pom);
            case "project.version", "pom.version", "version" -> version(pom);
            case "project.artifactId", "pom.artifactId", "artifactId" -> pom.getArtifactId();
            case "project.parent.version" ->
                pom.getParent() == null ? null : pom.getParent().getVersion();
            case "project.parent.groupId" ->
                pom.getParent() == null ? null : pom.getParent().getGroupId();
            default -> properties.getProperty(name);
        });
    }

    private static @Nullable String groupId(Model pom) {
        return pom.getGroupId() != null || pom.getParent() == null
                ? pom.getGroupId()
                : pom.getParent().getGroupId();
    }

    private static @Nullable String version(Model pom) {
        return pom.getVersion() != null || pom.getParent() == null
                ? pom.getVersion()
                : pom.getParent().getVersion();
    }

    String apply(String text) {
        String result = text;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            String next = EXPRESSION.matcher(result).replaceAll(this::replacement);
            if (next.equals(result) || next.length() > MAX_LENGTH) {
                break;
            }
            result = next;
        }
        return result;
    }

    private String replacement(MatchResult expression) {
        String value = values.apply(expression.group(1));
        return Matcher.quoteReplacement(value == null ? expression.group() : value);
    }
}
