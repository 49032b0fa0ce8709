package io.github.mlmaven.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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

    private static final int MAX_SECONDS = 3600;

    private static final int MAX_ROUNDS = 1000;

    private static final long DEFAULT_SOAK = 1_000_000;

    /** The value of {@code bench.cases} for {@link Target#CASES}. */
    private static final String TARGETS = "targets";

    /** @throws BenchException which names the property that is wrong */
    static BenchOptions read(Properties properties) throws BenchException {
        String soak = properties.getProperty("bench.soak", "false");
        String cases = properties.getProperty("bench.cases", ".*");
        String jvm = properties.getProperty("bench.jvm", "").strip();
        return new BenchOptions(
                Path.of(properties.getProperty("bench.folder", "target/bench")).toAbsolutePath(),
                cases.equals(TARGETS) ? Target.CASES : pattern("bench.cases", cases),
                pattern("bench.peers", properties.getProperty("bench.peers", ".*")),
                number("bench.seconds", properties.getProperty("bench.seconds", "5"), MAX_SECONDS),
                number("bench.warmup", properties.getProperty("bench.warmup", "5"), MAX_SECONDS),
                number("bench.rounds", properties.getProperty("bench.rounds", "3"), MAX_ROUNDS),
                switch (soak) {
                    case "false" -> 0;
                    case "", "true" -> DEFAULT_SOAK;
                    default -> number("bench.soak", soak, Integer.MAX_VALUE);
                },
                jvm.isEmpty() ? List.of() : List.of(jvm.split("\\s+")),
                jdk25(properties.getProperty("bench.jdk25", "")));
    }

    private static Pattern pattern(String property, String value) throws BenchException {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new BenchException(property + ": expected a regular expression, found " + value + ": "
                    + e.getDescription() + " at character " + e.getIndex());
        }
    }

    private static int number(String property, String value, int most) throws BenchException {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new BenchException(property + ": expected a number from 1 to " + most + ", found " + value);
    }

    private static Optional<Path> jdk25(String home) throws BenchException {
        if (home.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(home, "bin", "java"))) {
            throw new BenchException("bench.jdk25: expected the home of a JDK, found no bin/java in " + home);
        }
        return Optional.of(Path.of(home));
    }

    /** A folder of its own for one purpose. */
    Path work(String name) {
        return folder.resolve("work").resolve(name.replace(' ', '-'));
    }
}
