package io.github.mlmaven.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One figure that the server aims at.
 *
 * @param what where, in words
 * @param target how much, in words
 * @param format of the figure
 * @param figure the measured one; empty when this run did not measure what it takes
 * @param limit the figure that is aimed at
 * @param atLeast whether it is a lower limit
 */
record Target(
        String what,
        String target,
        String format,
        Function<Results, OptionalDouble> figure,
        double limit,
        boolean atLeast) {

    /**
     * What came of it.
     *
     * @param what where
     * @param target how much was aimed at
     * @param measured how much it is
     * @param verdict whether that is enough
     */
    record Judgement(String what, String target, String measured, String verdict) {}

    /** The cases that tell about all targets, in one encoding each where several would do. */
    static final Pattern CASES = Pattern.compile("breast-cancer (json 1 32|(json|binary|grpc) 64 32|json 1 1 pinned)"
            + "|digits-cnn (json|binary) 1 32"
            + "|minilm (json 1 1|binary [18] 1)"
            + "|cold-start breast-cancer");

    private static final String SERVER = OurServer.NAME;
    private static final String TINY = "breast-cancer json 1 32";
    private static final String TINY_64 = "breast-cancer %s 64 32";

    /** All of them. */
    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(ratio(TINY, SERVER, 0.65, "loop-json-2"));
        all.add(ratio(TINY, SERVER, 2.5, SpringBoot.NAME));
        all.add(ratio(TINY, SERVER, 12, FastApi.NAME));
        all.add(atMost(
                TINY,
                "p99 ≤ 4 ms",
                "%.2f ms",
                r -> figure(r.sample(TINY, SERVER).map(server -> server.p99Micros() / 1000)),
                4));
        all.add(atMost(TINY, "p99 below every peer's", "%.2f × the best peer's", Target::tail, 1));
        all.add(ratio(TINY_64.formatted("json"), SERVER, 0.85, "loop-json-2"));
        all.add(new Target(
                "breast-cancer binary or grpc 64 32",
                "≥ 0.6 × session.run alone",
                "%.2f ×",
                r -> Stream.of("binary", "grpc")
                        .map(TINY_64::formatted)
                        .map(id -> againstEngine(r, id, 2))
                        .flatMapToDouble(OptionalDouble::stream)
                        .max(),
                0.6,
                true));
        for (String encoding : List.of("json", "binary", "grpc")) {
            all.add(ratio("digits-cnn " + encoding + " 1 32", SERVER, 1.5, OurServer.WITHOUT_BATCHING));
        }
        for (String id : List.of("1 1", "1 32", "8 1", "8 32")) {
            for (String encoding : List.of("json", "binary", "grpc")) {
                String minilm = "minilm " + encoding + " " + id;
                all.add(new Target(
                        minilm,
                        "≥ 0.95 × session.run alone",
                        "%.2f ×",
                        r -> againstEngine(r, minilm, id.endsWith(" 1") ? 1 : 2),
                        0.95,
                        true));
            }
        }
        all.add(atMost(
                "breast-cancer json 1 1 pinned", "p50 ≤ 60 µs over the in-process call", "%.0f µs", Target::added, 60));
        all.add(start(ColdStart.WITHOUT, 550));
        all.add(start(ColdStart.CDS, 250));
        all.add(start(ColdStart.AOT, 250));
        return all;
    }

    /** Empty when this run was not about it. */
    Optional<Judgement> judge(Results results) {
        OptionalDouble found = figure.apply(results);
        if (found.isEmpty()) {
            boolean asked = results.rows().stream().anyMatch(row -> row.caseId().equals(what));
            return asked ? Optional.of(new Judgement(what, target, "", "not measured")) : Optional.empty();
        }
        double value = found.getAsDouble();
        boolean reached = atLeast ? value >= limit : value <= limit;
        return Optional.of(new Judgement(
                what, target, String.format(Locale.ROOT, format, value), reached ? "reached" : "not reached"));
    }

    private static Target ratio(String id, String who, double limit, String peer) {
        return new Target(
                id,
                String.format(Locale.ROOT, "≥ %s × %s", String.valueOf(limit).replaceAll("\\.0$", ""), peer),
                "%.2f ×",
                r -> figure(r.sample(id, who)
                        .flatMap(server -> r.sample(id, peer).map(other -> server.perSecond() / other.perSecond()))),
                limit,
                true);
    }

    private static Target atMost(
            String what, String target, String format, Function<Results, OptionalDouble> figure, double limit) {
        return new Target(what, target, format, figure, limit, false);
    }

    private static Target start(String who, double millis) {
        return atMost(
                "cold start, breast-cancer, " + who,
                String.format(Locale.ROOT, "≤ %.0f ms", millis),
                "%.0f ms",
                r -> r.starts().stream()
                        .filter(start -> start.model().equals("breast-cancer")
                                && start.who().equals(who))
                        .mapToDouble(Results.Start::medianMillis)
                        .findFirst(),
                millis);
    }

    /** The engine alone on one thread or on two, whichever is faster. */
    private static OptionalDouble againstEngine(Results results, String id, int threads) {
        OptionalDouble engine = Stream.iterate(1, n -> n <= threads, n -> n + 1)
                .map(n -> results.sample(id, new InProcess(InProcess.Loop.RUN, n).name()))
                .flatMap(Optional::stream)
                .mapToDouble(Sample::perSecond)
                .max();
        Optional<Sample> server = results.sample(id, SERVER);
        return engine.isEmpty() || server.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(server.get().perSecond() / engine.getAsDouble());
    }

    private static OptionalDouble tail(Results results) {
        OptionalDouble best = Stream.of(SpringBoot.NAME, FastApi.NAME)
                .map(peer -> results.sample(TINY, peer))
                .flatMap(Optional::stream)
                .mapToDouble(Sample::p99Micros)
                .min();
        Optional<Sample> server = results.sample(TINY, SERVER);
        return best.isEmpty() || server.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(server.get().p99Micros() / best.getAsDouble());
    }

    private static OptionalDouble added(Results results) {
        String id = "breast-cancer json 1 1 pinned";
        return figure(results.sample(id, SERVER)
                .flatMap(server ->
                        results.sample(id, "loop-json-1").map(loop -> server.p50Micros() - loop.p50Micros())));
    }

    private static OptionalDouble figure(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
}
