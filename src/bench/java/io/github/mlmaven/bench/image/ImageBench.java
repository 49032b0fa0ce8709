package io.github.mlmaven.bench.image;

import io.github.mlmaven.bench.Machine;
import io.github.mlmaven.bench.Percentiles;
import io.github.mlmaven.bench.maven.LargeModel;
import io.github.mlmaven.bench.maven.Maven;
import io.github.mlmaven.files.FileTree;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The goal {@code image} beside {@code buildTar} of jib-maven-plugin and, where an engine runs, {@code docker build}, on a
 * project with 1 GiB of weights, after nothing, after nothing changed, after a class changed and after a weight changed.
 * Each runs in a Maven of its own, in turns, and what is taken is the time of the goal itself, or of Docker's command.
 */
final class ImageBench {

    private static final long WEIGHTS = 1L << 30;
    private static final double COLD = 1.5;
    private static final double UNCHANGED_MILLIS = 300;

    /** What happened since the build before. */
    private enum Change {
        COLD("after nothing"),
        NONE("nothing changed"),
        CODE("a class changed"),
        MODEL("a weight changed");

        private final String text;

        Change(String text) {
            this.text = text;
        }
    }

    /** A goal, and how it is called; the one of ours is part of its build. */
    private enum Contender {
        OURS("ml-maven-plugin:image", List.of("package")),
        JIB("jib-maven-plugin:buildTar", List.of("package", "-Dml.image.skip", "jib:buildTar")),
        // The command is timed; of Maven, only that it has compiled.
        DOCKER("maven-jar-plugin:jar", List.of("package", "-Dml.image.skip"));

        private final String goal;
        private final List<String> arguments;

        Contender(String goal, List<String> arguments) {
            this.goal = goal;
            this.arguments = arguments;
        }

        /** What is timed. */
        private String text() {
            return this == DOCKER ? "docker build" : goal;
        }
    }

    private final Maven maven;
    private final Path project;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<String, List<Double>> took = new LinkedHashMap<>();

    private final DockerBuild docker;
    private final List<Contender> contenders;

    private ImageBench(Maven maven, Path project) throws InterruptedException {
        this.maven = maven;
        this.project = project;
        this.docker = new DockerBuild(project);
        this.contenders = DockerBuild.isThere() ? List.of(Contender.values()) : List.of(Contender.OURS, Contender.JIB);
    }

    /** {@code ImageBench FOLDER SOURCES MVN REPOSITORY VERSION JIB-VERSION ROUNDS}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[0])).toRealPath();
        Path sources = Path.of(args[1]);
        Maven maven =
                Maven.prepare(Path.of(args[2]), Path.of(args[3]), folder, sources.resolve("maven/components.xml"));
        Path project = folder.resolve("model");
        LargeModel.prepare(project, WEIGHTS);
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(sources.resolve("image/pom.xml"))
                        .replace("@project.version@", args[4])
                        .replace("@jib.version@", args[5]));
        ImageBench bench = new ImageBench(maven, project);
        bench.docker.prepare();
        int rounds = Integer.parseInt(args[6]);
        // Fetches what is needed, and links the runtime.
        for (Contender contender : bench.contenders) {
            bench.run(contender, Change.COLD);
        }
        bench.took.clear();
        for (int round = 1; round <= rounds; round++) {
            bench.round(round);
        }
        String text =
                Machine.describe() + "; medians of " + rounds + " rounds\n\n" + bench.table() + "\n" + bench.sizes();
        Files.writeString(folder.resolve("results.md"), text);
        bench.out.println(text);
    }

    private void round(int round) throws IOException, InterruptedException {
        Path weights = project.resolve("src/main/model/weights.bin");
        Path copy = project.resolveSibling("copy.bin");
        double floor = program("sha256sum", weights.toString()) + program("cp", weights.toString(), copy.toString());
        Files.delete(copy);
        took.computeIfAbsent("sha256sum and cp", name -> new ArrayList<>()).add(floor);
        for (Contender contender : contenders) {
            for (Change change : Change.values()) {
                change(change, round);
                double millis = run(contender, change);
                out.printf(Locale.ROOT, "round %d, %s, %s: %.0f ms%n", round, contender.text(), change.text, millis);
            }
            change(Change.COLD, round);
        }
    }

    private void change(Change change, int round) throws IOException {
        switch (change) {
            case COLD -> FileTree.delete(project.resolve("target"));
            case NONE -> {}
            case CODE -> {
                Path source = project.resolve("src/main/java/com/example/Changing.java");
                Files.createDirectories(source.getParent());
                Files.writeString(
                        source,
                        "package com.example;\n\n/** Changes. */\npublic final class Changing {\n    static final long"
                                + " NOW = " + System.nanoTime() + "L;\n}\n");
            }
            case MODEL -> {
                try (RandomAccessFile file = new RandomAccessFile(
                        project.resolve("src/main/model/weights.bin").toFile(), "rw")) {
                    file.seek(WEIGHTS / 2);
                    file.writeFloat(round + System.nanoTime());
                }
            }
        }
    }

    private double run(Contender contender, Change change) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(contender.arguments);
        arguments.add("-o");
        double ofGoal = maven.run(project, contender.goal, arguments).millis();
        double millis = contender == Contender.DOCKER ? docker.run(change == Change.COLD) : ofGoal;
        took.computeIfAbsent(contender.goal + ", " + change.text, name -> new ArrayList<>())
                .add(millis);
        return millis;
    }

    private String table() {
        StringBuilder table = new StringBuilder(
                "| | `ml:image`, ms | `jib:buildTar`, ms | ratio | `docker build`, ms | ratio | target | |\n"
                        + "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
        double floor = median("sha256sum and cp");
        for (Change change : Change.values()) {
            double ours = median(Contender.OURS.goal + ", " + change.text);
            double theirs = median(Contender.JIB.goal + ", " + change.text);
            double dockers = median(Contender.DOCKER.goal + ", " + change.text);
            String target = switch (change) {
                case COLD -> String.format(Locale.ROOT, "≤ %.0f ms", COLD * floor);
                case NONE -> String.format(Locale.ROOT, "≤ %.0f ms", UNCHANGED_MILLIS);
                default -> "";
            };
            boolean reached = change == Change.COLD ? ours <= COLD * floor : ours <= UNCHANGED_MILLIS;
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f × | %s | %s | %s | %s |%n",
                    change.text,
                    ours,
                    theirs,
                    ours / theirs,
                    dockers > 0 ? String.format(Locale.ROOT, "%.0f", dockers) : "",
                    dockers > 0 ? String.format(Locale.ROOT, "%.2f ×", ours / dockers) : "",
                    target,
                    target.isEmpty() ? "" : reached ? "reached" : "not reached"));
        }
        return table.append(String.format(
                        Locale.ROOT,
                        "%n`sha256sum` and `cp` of the weights: %.0f ms; cold: %.2f × that%n",
                        floor,
                        median(Contender.OURS.goal + ", " + Change.COLD.text) / floor))
                .toString();
    }

    /** What the images take, of those that were built last. */
    private String sizes() throws IOException, InterruptedException {
        StringBuilder sizes = new StringBuilder("| image | MB |\n| --- | ---: |\n");
        Path target = project.resolve("target");
        // The last round has begun anew: each is built once more.
        for (Contender contender : contenders) {
            run(contender, Change.COLD);
            long bytes = switch (contender) {
                case OURS -> tar(target, "1.0.0-image.tar");
                case JIB -> tar(target, "jib-image.tar");
                case DOCKER -> docker.size();
            };
            sizes.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f |%n",
                    contender.text() + (contender == Contender.DOCKER ? ", unpacked" : ", tar"),
                    bytes / 1e6));
        }
        if (contenders.contains(Contender.DOCKER)) {
            docker.delete();
        }
        return sizes.toString();
    }

    private static long tar(Path target, String end) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            Path tar = files.filter(file -> file.toString().endsWith(end))
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("no tar in " + target));
            return Files.size(tar);
        }
    }

    private double median(String what) {
        return Percentiles.median(took.getOrDefault(what, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    private static double program(String... command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
