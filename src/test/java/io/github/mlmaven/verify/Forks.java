package io.github.mlmaven.verify;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Settings that fork a JVM on the class path of the tests. */
final class Forks {

    private Forks() {}

    static ForkSettings settings(Path workFolder) {
        return settings(workFolder, 256, Duration.ofMinutes(2));
    }

    static ForkSettings settings(Path workFolder, int heapMegabytes, Duration timeout) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ForkSettings(java, classPath(), heapMegabytes, 4096, timeout, workFolder);
    }

    private static List<Path> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList();
    }
}
