package io.github.mlmaven.embed;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Legal Java names for any Maven coordinates. */
final class JavaNames {

    private static final SourceVersion RELEASE = SourceVersion.RELEASE_17;

    private JavaNames() {}

    /** {@code com.my-org.2d} → {@code com.my_org._2d}: the convention of the Java Language Specification, §6.1. */
    static String packageName(String groupId) {
        String name = Arrays.stream(groupId.split("\\."))
                .filter(segment -> !segment.isEmpty())
                .map(JavaNames::identifier)
                .collect(Collectors.joining("."));
        if (name.isEmpty()) {
            return "ml";
        }
        // The JVM refuses to load classes of java.* from a class path.
        return name.equals("java") || name.startsWith("java.") ? "java_" + name.substring("java".length()) : name;
    }

    /** {@code breast-cancer} → {@code BreastCancerServer}, {@code 3d.model} → {@code _3dModelServer}. */
    static String className(String artifactId) {
        String words = Arrays.stream(artifactId.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return identifier(words + "Server");
    }

    static boolean isPackageName(String name) {
        return SourceVersion.isName(name, RELEASE) && !name.equals("java") && !name.startsWith("java.");
    }

    static boolean isClassName(String name) {
        return SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name, RELEASE);
    }

    private static String identifier(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            name.append(c < 128 && Character.isJavaIdentifierPart(c) ? c : '_');
        }
        if (!Character.isJavaIdentifierStart(name.charAt(0))) {
            name.insert(0, '_');
        }
        return SourceVersion.isKeyword(name, RELEASE) || name.toString().equals("_") ? name + "_" : name.toString();
    }
}
