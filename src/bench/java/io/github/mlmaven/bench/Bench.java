package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the cases that are asked for and writes what came out. */
final class Bench {

    private Bench() {}

    /** Configured by system properties, see {@link BenchOptions}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            List<String> failures = run(out);
            failures.forEach(failure -> out.println("FAILED " + failure));
            System.exit(failures.isEmpty() ? 0 : 1);
        } catch (BenchException e) {
            out.println(e.getMessage());
            System.exit(1);
        }
    }

    /** What went wrong in it. */
    private static List<String> run(PrintStream out) throws IOException, InterruptedException, BenchException {
        BenchOptions options = BenchOptions.read(System.getProperties());
        if (!"1".equals(System.getenv("ORT_DISABLE_TELEMETRY"))) {
            // With telemetry, ONNX Runtime 1.29 crashes under a command line as long as this one.
            throw new BenchException("set ORT_DISABLE_TELEMETRY=1");
        }
        if (Load.missing().isPresent()) {
            throw new BenchException(Load.missing().get());
        }
        List<Case> cases = Case.all(options).stream()
                .filter(what -> options.cases().matcher(what.id()).matches())
                .toList();
        checkSelection(cases, options);
        Results results = new Results();
        Rounds rounds = new Rounds(options, out);
        for (Case what : cases) {
            results.add(rounds.run(what));
        }
        new ColdStart(options, out).run(results);
        new Soak(options, out).run(results);
        String table = Reports.write(results, options.folder());
        out.println();
        out.println(table);
        return results.failures();
    }

    /** Refuses a run of nothing, before it takes any time. */
    private static void checkSelection(List<Case> cases, BenchOptions options) throws BenchException {
        List<String> starts = ColdStart.ids(options);
        boolean start =
                starts.stream().anyMatch(id -> options.cases().matcher(id).matches());
        if (cases.isEmpty() && !start && options.soak() == 0) {
            throw new BenchException("bench.cases: no case matches " + options.cases() + "; there are\n  "
                    + Stream.concat(Case.all(options).stream().map(Case::id), starts.stream())
                            .collect(Collectors.joining("\n  ")));
        }
        if (!cases.isEmpty()
                && cases.stream().allMatch(what -> what.peers(options).isEmpty())) {
            throw new BenchException(
                    "bench.peers: no peer of these cases matches " + options.peers() + "; there are\n  "
                            + cases.stream()
                                    .flatMap(what -> what.allPeers().stream())
                                    .map(Peer::name)
                                    .distinct()
                                    .collect(Collectors.joining("\n  ")));
        }
    }
}
