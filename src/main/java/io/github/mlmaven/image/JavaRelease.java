package io.github.mlmaven.image;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.lock.BaseIdentity;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Reads a JDK's {@code release} file. */
final class JavaRelease {

    private final Properties properties = new Properties();

    private JavaRelease() {}

    /** What identifies a JDK. */
    static BaseIdentity.Jdk identity(Path javaHome) throws ImageException, IOException {
        JavaRelease release = new JavaRelease();
        Path modules = javaHome.resolve("lib").resolve("modules");
        if (!Files.isRegularFile(javaHome.resolve("release")) || !Files.isRegularFile(modules)) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    "the Java that runs the build is not a complete JDK: release or lib/modules is missing",
                    "Run Maven with a JDK of version 17 or later (JAVA_HOME), or set ml.image.base to an image in a registry.");
        }
        try (Reader in = Files.newBufferedReader(javaHome.resolve("release"), StandardCharsets.UTF_8)) {
            release.properties.load(in);
        }
        String version = release.value("JAVA_RUNTIME_VERSION", release.value("JAVA_VERSION", "unknown"));
        return new BaseIdentity.Jdk(
                release.value("IMPLEMENTOR", "unknown"),
                version,
                Measured.of(out -> Files.copy(modules, out)).digest());
    }

    private String value(String key, String otherwise) {
        return properties.getProperty(key, otherwise).replace("\"", "");
    }
}
