package io.github.mlmaven.image;

import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a JDK's {@code release} file. */
final class JavaRelease {

    private static final Pattern FEATURE = Pattern.compile("\\d{1,4}");

    private final Properties properties = new Properties();

    private JavaRelease() {}

    /** The release file of a JDK that is complete. */
    static JavaRelease of(Path javaHome) throws ImageException, IOException {
        JavaRelease release = new JavaRelease();
        if (!Files.isRegularFile(javaHome.resolve("release")) || !Files.isRegularFile(modules(javaHome))) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    javaHome + " is not a complete JDK: release or lib/modules is missing",
                    "Run Maven with a JDK of version 17 or later (JAVA_HOME), name one in ml.image.jdk, or set"
                            + " ml.image.base to an image in a registry.");
        }
        try (Reader in = Files.newBufferedReader(javaHome.resolve("release"), StandardCharsets.UTF_8)) {
            release.properties.load(in);
        }
        return release;
    }

    /** The file with every class of a JDK. */
    static Path modules(Path javaHome) {
        return javaHome.resolve("lib").resolve("modules");
    }

    String vendor() {
        return value("IMPLEMENTOR", "unknown");
    }

    String version() {
        return value("JAVA_RUNTIME_VERSION", value("JAVA_VERSION", "unknown"));
    }

    /** Its version without what a vendor adds, for example 17.0.15. */
    String update() {
        return value("JAVA_VERSION", version());
    }

    /** What its programs run on, if images are built for that; the machine that builds where it does not tell. */
    Optional<Platform> platform(Machine machine) {
        String name = value("OS_NAME", "");
        String architecture = value("OS_ARCH", "");
        return name.isEmpty() || architecture.isEmpty() ? machine.platform() : Platform.ofMachine(name, architecture);
    }

    /** What its programs run on, for messages, if it tells. */
    Optional<String> system() {
        return Optional.of(value("OS_NAME", "") + " on " + value("OS_ARCH", "")).filter(text -> !text.equals(" on "));
    }

    /** Its feature release, for example 17; 0 if it does not tell. */
    int feature() {
        Matcher leading = FEATURE.matcher(version());
        return leading.lookingAt() ? Integer.parseInt(leading.group()) : 0;
    }

    /** The names of its modules. */
    Set<String> moduleNames() {
        return Set.copyOf(Arrays.asList(value("MODULES", "").split(" ", -1)));
    }

    private String value(String key, String otherwise) {
        return properties.getProperty(key, otherwise).replace("\"", "");
    }
}
