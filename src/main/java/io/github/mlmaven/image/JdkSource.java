package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.elf.SystemRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JDK that runtimes are linked from.
 *
 * @param home its folder
 * @param root the file system with the shared libraries that its programs need
 * @param running the folder of the JDK that runs the build, whose tools link one that does not run on this machine
 */
public record JdkSource(Path home, SystemRoot root, Path running) {

    /** The JDK that runs the build, and the machine's libraries. */
    public static JdkSource current() {
        Path home = Path.of(System.getProperty("java.home"));
        return new JdkSource(home, SystemRoot.MACHINE, home);
    }

    /** Whether there is one, and its programs are for a platform. */
    public boolean isFor(Platform platform, Machine machine) throws ImageException, IOException {
        return Files.isRegularFile(home.resolve("release"))
                && JavaRelease.of(home)
                        .platform(machine)
                        .filter(platform::equals)
                        .isPresent();
    }

    /** Refuses one that is not there, or whose programs do not run in an image for a platform. */
    public void require(Platform platform, Machine machine) throws ImageException, IOException {
        JavaRelease release = JavaRelease.of(home);
        if (!isFor(platform, machine)) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_PLATFORM,
                    "ml.image.base",
                    "the base jdk takes its programs from the JDK in " + home + ", which has none for " + platform,
                    "a JDK for " + platform,
                    "one for " + release.system().orElseGet(machine::toString),
                    "Build on " + platform
                            + ", name a JDK for it in ml.image.jdk, or set ml.image.base to an image in a"
                            + " registry."));
        }
    }

    /**
     * What links it on this machine: its own tools, or those of the JDK that runs the build.
     *
     * @param platform what its programs are for
     * @throws ImageException when they do not run here, and the JDK that runs the build cannot link it
     */
    JdkTools tools(Platform platform, Machine machine) throws ImageException, IOException {
        if (machine.runs(platform)) {
            return new JdkTools(home.resolve("bin"), List.of());
        }
        String theirs = JavaRelease.of(home).update();
        String ours = JavaRelease.of(running).update();
        // jlink itself asks for the same feature release only, but what it writes may differ from update to update.
        if (!theirs.equals(ours)) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    "ml.image.jdk",
                    "the JDK for " + platform + " is linked by the one that runs Maven, which has another version",
                    "Java " + theirs,
                    "Java " + ours,
                    "Run Maven with a JDK " + theirs + ", or name a JDK " + ours + " for " + platform
                            + " in ml.image.jdk."));
        }
        Path jmods = home.resolve("jmods");
        if (!Files.isDirectory(jmods)) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    "ml.image.jdk",
                    "the JDK for " + platform + " in " + home
                            + " has no jmods, which is all that can be linked of it here",
                    "Install it with its jmods, or set ml.image.base to an image in a registry.");
        }
        return new JdkTools(running.resolve("bin"), List.of("--module-path", jmods.toString()));
    }
}
