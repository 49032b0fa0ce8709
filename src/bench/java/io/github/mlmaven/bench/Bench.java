package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the cases that are asked for and writes what came out. */
final class Bench {

    private Bench() {}

    /** Configured by system properties, see {@link BenchOptions}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BenchOptions options = BenchOptions.read(System.getProperties());
        if (!"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
            // With telemetry, ONNX Runtime 1.29 crashes under a command line as long as this one.
            out.println("set ORT_DISABLE_TELEMETRY=1");
            System.exit(1);
        }
        if (Load.missing().isPresent()) {
            out.println(Load.missing().get());
            System.exit(1);
        }
        Results results = new Results();
        List<Case> cases = Case.all(options).stream()
                .filter(what -> options.cases().matcher(what.id()).matches())
                .toList();
        Rounds rounds = new Rounds(options, out);
        for (Case what : cases) {
            results.add(rounds.run(what));
        }
        new ColdStart(options, out).run(results);
        new Soak(options, out).run(results);
        if (results.rows().isEmpty()
                && results.starts().isEmpty()
                && results.soaked().isEmpty()) {
            out.println("no case matches " + options.cases() + "; there are");
            Case.all(options).forEach(what -> out.println("  " + what.id()));
            ColdStart.ids(options).forEach(id -> out.println("  " + id));
            System.exit(1);
        }
        String table = Reports.write(results, options.folder());
        out.println();
        out.println(table);
        results.failures().forEach(failure -> out.println("FAILED " + failure));
        System.exit(results.failures().isEmpty() ? 0 : 1);
    }
}
