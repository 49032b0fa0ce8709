package io.github.mlmaven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** A JDK of another release than the running one. */
public final class OtherJdk {

    private static final int BASELINE = 17;

    private OtherJdk() {}

    /** The first one in the folder where the running one lies. */
    public static Optional<Path> find() throws IOException {
        Path running = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(running.resolveSibling(""))) {
            for (Path jdk : beside.sorted().toList()) {
                if (Files.isExecutable(jdk.resolve("bin/javac"))
                        && Files.isRegularFile(jdk.resolve("lib/modules"))
                        && release(jdk) >= BASELINE
                        && release(jdk) != Runtime.version().feature()) {
                    return Optional.of(jdk);
                }
            }
        }
        return Optional.empty();
    }

    /** The feature release of a JDK. */
    public static int release(Path jdk) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(jdk.resolve("release"))) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
