package io.github.mlmaven.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that a run measured. */
final class Results {

    /**
     * The times from a process's start to its first reply with 200.
     *
     * @param model the model that it loads
     * @param who which server, and how it is started
     * @param millis each start
     */
    record Start(String model, String who, List<Double> millis) {
        Start {
            millis = List.copyOf(millis);
        }

        double medianMillis() {
            return Percentiles.median(
                    millis.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /**
     * Memory over many requests.
     *
     * @param requests how many
     * @param rssBytes after each tenth of them
     */
    record Soaked(long requests, List<Long> rssBytes) {

        private static final double LIMIT = 1.05;

        Soaked {
            rssBytes = List.copyOf(rssBytes);
        }

        /** After so many tenths, from 1 to 10. */
        long after(int tenths) {
            return rssBytes.get(tenths - 1);
        }

        /** The end to the middle. */
        double growth() {
            return (double) after(10) / after(5);
        }

        boolean flat() {
            return growth() <= LIMIT;
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Optional<Soaked> soaked = Optional.empty();

    void add(List<Row> measured) {
        rows.addAll(measured);
        measured.stream()
                .filter(Row::failed)
                .forEach(row -> failures.add(
                        row.caseId() + ", " + row.peer() + ": " + row.problem().orElseThrow()));
    }

    void add(Start start) {
        starts.add(start);
    }

    void add(Soaked soak) {
        soaked = Optional.of(soak);
        if (!soak.flat()) {
            failures.add("soak: the resident memory grows");
        }
    }

    void failed(String what, BenchException e) {
        failures.add(what + ": " + e.getMessage());
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    List<Start> starts() {
        return List.copyOf(starts);
    }

    Optional<Soaked> soaked() {
        return soaked;
    }

    /** What went wrong; a target that is not reached is none of it. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** A peer's medians in a case. */
    Optional<Sample> sample(String caseId, String peer) {
        return rows.stream()
                .filter(row -> row.caseId().equals(caseId) && row.peer().equals(peer))
                .findFirst()
                .flatMap(Row::median);
    }
}
