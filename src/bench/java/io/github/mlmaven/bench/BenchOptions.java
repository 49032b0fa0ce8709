package io.github.mlmaven.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What to measure; system properties {@code bench.*}.
 *
 * @param folder where everything is written, and where the profile unpacked the large model and built the peer
 * @param cases which cases, by their whole identifier
 * @param peers which peers, by their whole name
 * @param seconds of each round
 * @param warmUp seconds before the first round
 * @param rounds of each case
 * @param soak requests of the soak; 0 for none
 * @param jvm further options for the server's JVM, for experiments
 * @param jdk25 a JDK 25, for its AOT cache
 */
record BenchOptions(
        Path folder,
        Pattern cases,
        Pattern peers,
        int seconds,
        int warmUp,
        int rounds,
        long soak,
        List<String> jvm,
        Optional<Path> jdk25) {

    private static final long DEFAULT_SOAK = 1_000_000;

    static BenchOptions read(Properties properties) {
        String soak = properties.getProperty("bench.soak", "false");
        String jdk25 = properties.getProperty("bench.jdk25", "");
        String jvm = properties.getProperty("bench.jvm", "").strip();
        return new BenchOptions(
                Path.of(properties.getProperty("bench.folder", "target/bench")).toAbsolutePath(),
                Pattern.compile(properties.getProperty("bench.cases", ".*")),
                Pattern.compile(properties.getProperty("bench.peers", ".*")),
                Integer.parseInt(properties.getProperty("bench.seconds", "5")),
                Integer.parseInt(properties.getProperty("bench.warmup", "5")),
                Integer.parseInt(properties.getProperty("bench.rounds", "3")),
                switch (soak) {
                    case "false" -> 0;
                    case "", "true" -> DEFAULT_SOAK;
                    default -> Long.parseLong(soak);
                },
                jvm.isEmpty() ? List.of() : List.of(jvm.split("\\s+")),
                jdk25.isEmpty() ? Optional.empty() : Optional.of(Path.of(jdk25)));
    }

    /** A folder of its own for one purpose. */
    Path work(String name) {
        return folder.resolve("work").resolve(name.replace(' ', '-'));
    }
}
