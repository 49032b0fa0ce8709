package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures all peers of a case side by side: A B C A B C …, so that what disturbs the machine disturbs all of them. */
final class Rounds {

    private static final int MAX_WARM_UPS = 10;

    /** Two of them for the time asked for; with twice that time the compiler has had its chance, whatever the rate. */
    private static final int ENOUGH_WARM_UPS = 5;

    /** More than the compiler's last stage waits for. */
    private static final double MANY_REQUESTS = 50_000;

    private static final double SETTLED = 0.9;

    private final BenchOptions options;
    private final PrintStream log;

    Rounds(BenchOptions options, PrintStream log) {
        this.options = options;
        this.log = log;
    }

    /** One row for each peer, also for those that cannot be measured. */
    List<Row> run(Case what) throws IOException, InterruptedException {
        Map<String, String> problems = new LinkedHashMap<>();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, Contender> running = new LinkedHashMap<>();
        List<Peer> peers = what.peers(options);
        try {
            for (Peer peer : peers) {
                Optional<String> unavailable = peer.unavailable(options);
                if (unavailable.isPresent()) {
                    problems.put(peer.name(), "not measured: " + unavailable.get());
                    continue;
                }
                try {
                    running.put(peer.name(), peer.start(what, options));
                } catch (BenchException e) {
                    problems.put(peer.name(), "failed: " + e.getMessage());
                }
            }
            for (int round = 0; round <= options.rounds(); round++) {
                for (Map.Entry<String, Contender> peer : List.copyOf(running.entrySet())) {
                    try {
                        if (round == 0) {
                            warmUp(peer.getValue());
                            continue;
                        }
                        Sample sample = peer.getValue().measure(options.seconds());
                        samples.computeIfAbsent(peer.getKey(), name -> new ArrayList<>())
                                .add(sample);
                        log.println(Table.line(what.id() + ", round " + round, peer.getKey(), sample));
                    } catch (BenchException e) {
                        problems.put(peer.getKey(), "failed: " + e.getMessage());
                        running.remove(peer.getKey()).close();
                    }
                }
            }
        } finally {
            running.values().forEach(Contender::close);
        }
        return peers.stream()
                .map(Peer::name)
                .map(name -> new Row(
                        what.id(),
                        name,
                        problems.containsKey(name) ? List.of() : samples.getOrDefault(name, List.of()),
                        Optional.ofNullable(problems.get(name))))
                .toList();
    }

    /**
     * At least for the time asked for, until the compiler is done: it has seen many requests or had much time, and twice
     * in a row one cost no less processor time than at best. On a machine that is busy otherwise, time alone would not
     * tell; and a model that takes milliseconds would need minutes for many requests.
     */
    private void warmUp(Contender contender) throws IOException, InterruptedException, BenchException {
        int slice = Math.max(1, options.warmUp() / 2);
        double best = Double.MAX_VALUE;
        double requests = 0;
        int settled = 0;
        for (int i = 0; i < MAX_WARM_UPS && !warm(i, settled, requests); i++) {
            Sample sample = contender.measure(slice);
            requests += sample.perSecond() * slice;
            settled = sample.cpuMicros() < SETTLED * best ? 0 : settled + 1;
            best = Math.min(best, sample.cpuMicros());
        }
    }

    private static boolean warm(int slices, int settled, double requests) {
        return settled >= 2 && (requests >= MANY_REQUESTS || slices >= ENOUGH_WARM_UPS);
    }
}
