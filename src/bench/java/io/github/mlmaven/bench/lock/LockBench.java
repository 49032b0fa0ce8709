package io.github.mlmaven.bench.lock;

import io.github.mlmaven.bench.Machine;
import io.github.mlmaven.bench.Percentiles;
import io.github.mlmaven.bench.maven.Maven;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Times everybody in turns, offline after a first round that fills the local repository and the page cache. */
final class LockBench {

    private static final List<LockProject> PROJECTS =
            List.of(new LockProject("dependencies", 1 << 12), new LockProject("model", 1L << 30));

    private LockBench() {}

    /** {@code LockBench FOLDER POMS MVN REPOSITORY VERSION PEER-VERSION ROUNDS CASES}; cases are a regular expression. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createDirectories(Path.of(args[0])).toRealPath();
        Path poms = Path.of(args[1]);
        Maven maven = Maven.prepare(
                Path.of(args[2]),
                Path.of(args[3]),
                folder,
                poms.resolveSibling("maven").resolve("components.xml"));
        List<Contender> contenders = Contender.all(args[5]);
        int rounds = Integer.parseInt(args[6]);
        Pattern cases = Pattern.compile(args[7]);
        List<String> tables = new ArrayList<>(List.of(Machine.describe() + "; medians of " + rounds + " rounds"));
        for (LockProject what : PROJECTS) {
            if (contenders.stream().noneMatch(one -> isWanted(cases, what, one))) {
                continue;
            }
            Path project = what.prepare(poms, folder, args[4]);
            Map<String, List<Maven.Took>> took = new LinkedHashMap<>();
            List<Double> sums = new ArrayList<>();
            maven.connect();
            for (int round = 0; round <= rounds; round++) {
                if (round == 1) {
                    maven.disconnect();
                }
                for (Contender contender : contenders) {
                    if (!isWanted(cases, what, contender)) {
                        continue;
                    }
                    Maven.Took one = once(contender, project, maven, round > 0);
                    if (round > 0) {
                        took.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                                .add(one);
                    }
                    out.printf("%s, round %d, %s: %.0f ms%n", what.name(), round, contender.name(), one.millis());
                }
                sums.add(sha256sum(project.resolve("src/main/model/weights.bin")));
            }
            LockTable table = new LockTable(
                    medians(took, Maven.Took::millis),
                    medians(took, one -> one.bytes() / 1e6),
                    medians(took, Maven.Took::cpuMillis),
                    median(sums));
            tables.add(table.of(what.name()));
        }
        String text = String.join("\n\n", tables) + "\n";
        Files.writeString(folder.resolve("results.md"), text);
        out.println(text);
    }

    private static boolean isWanted(Pattern cases, LockProject project, Contender contender) {
        return cases.matcher(project.name() + " " + contender.name()).matches();
    }

    private static Maven.Took once(Contender contender, Path project, Maven maven, boolean offline)
            throws IOException, InterruptedException {
        if (contender.fresh()) {
            Files.deleteIfExists(project.resolve("ml.lock"));
        }
        List<String> arguments = new ArrayList<>(contender.arguments());
        // The peer's goals refuse to run offline.
        if (offline && contender.isOurs()) {
            arguments.add("-o");
        }
        return maven.run(project, contender.goal(), arguments);
    }

    private static double sha256sum(Path file) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder("sha256sum", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("sha256sum failed");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static Map<String, Double> medians(
            Map<String, List<Maven.Took>> took, ToDoubleFunction<Maven.Took> figure) {
        Map<String, Double> medians = new LinkedHashMap<>();
        took.forEach((name, all) -> medians.put(
                name, Percentiles.median(all.stream().mapToDouble(figure).toArray())));
        return medians;
    }

    private static double median(List<Double> values) {
        return Percentiles.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
