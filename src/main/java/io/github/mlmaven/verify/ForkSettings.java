package io.github.mlmaven.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The JVM that the build forks to run a model.
 *
 * @param java the {@code java} command
 * @param classPath exactly the class path that ships
 * @param heapMegabytes its {@code -Xmx} in MiB
 * @param memoryMegabytes the most resident memory that it may take with its native parts, in MiB; only on Linux
 * @param timeout how long it may run for one model
 * @param workFolder where its files go; created and emptied as needed
 */
public record ForkSettings(
        Path java, List<Path> classPath, int heapMegabytes, int memoryMegabytes, Duration timeout, Path workFolder) {
    public ForkSettings {
        classPath = List.copyOf(classPath);
        requirePositive("ml.verify.heap", heapMegabytes, "MiB");
        requirePositive("ml.verify.memory", memoryMegabytes, "MiB");
        if (timeout.isZero() || timeout.isNegative()) {
            requirePositive("ml.verify.timeout", timeout.toSeconds(), "seconds");
        }
    }

    private static void requirePositive(String parameter, long value, String unit) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    parameter + ": expected a positive number of " + unit + ", found " + value);
        }
    }
}
