package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What it was measured on. */
public final class Machine {

    private Machine() {}

    /** Processor, cores, memory, system and Java, without a name of the host. */
    public static String describe() throws IOException {
        String processor = field(Path.of("/proc/cpuinfo"), "model name");
        String memory = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                processor,
                Long.parseLong(memory) / 1024.0 / 1024,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }

    private static String field(Path file, String name) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }
}
