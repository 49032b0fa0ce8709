package io.github.mlmaven.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The machine that builds.
 *
 * @param osName the system property {@code os.name}
 * @param osArch the system property {@code os.arch}
 * @param java the {@code java} command that runs the build
 */
public record Machine(String osName, String osArch, Path java) {

    /** The machine that this JVM runs on. */
    public static Machine current() {
        return new Machine(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    /** The image platform that runs on it natively. */
    public Optional<Platform> platform() {
        return Platform.ofMachine(osName, osArch);
    }

    /** Whether programs of a platform run on it. */
    public boolean runs(Platform platform) {
        return platform().filter(platform::equals).isPresent();
    }

    @Override
    public String toString() {
        return osName + " on " + osArch;
    }
}
