package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out by running whether a model gives a row the same bytes alone and merged with others, on this machine: what
 * a kernel does may depend on the number of rows and on the processor, and a model may mix its rows.
 */
public final class MergeProbe {

    private static final int VARIATIONS = 8;

    /**
     * Whether requests for a model may be merged.
     *
     * @param independent whether every row kept its bytes
     * @param reason what was compared, or what differs; for the log
     */
    public record Verdict(boolean independent, String reason) {}

    private record Row(List<Tensor> inputs, List<Tensor> outputs) {}

    private final LoadedModel model;
    private final List<String> outputs;
    private final int maxRows;
    private final long budget;
    private final long started = System.nanoTime();
    /** Of a row alone: the first runs are slow. */
    private long fastest = Long.MAX_VALUE / Integer.MAX_VALUE;

    private MergeProbe(LoadedModel model, int maxRows, Duration budget) {
        this.model = model;
        this.outputs = model.contract().outputs().stream().map(TensorSpec::name).toList();
        this.maxRows = maxRows;
        this.budget = budget.toNanos();
    }

    /**
     * Compares rows alone and merged.
     *
     * @param example a request that the model computes, of at least one row
     * @param maxRows the most rows that will be merged
     * @param budget about how long it may take; two merged rows are compared however long that takes
     */
    public static Verdict probe(LoadedModel model, List<Tensor> example, int maxRows, Duration budget) {
        try {
            return new MergeProbe(model, maxRows, budget).compare(example);
        } catch (EngineException | RuntimeException e) {
            return new Verdict(false, String.valueOf(e.getMessage()));
        }
    }

    private Verdict compare(List<Tensor> example) throws EngineException {
        if (maxRows < 2) {
            return new Verdict(false, "at most " + maxRows + " row");
        }
        List<Row> rows = rows(example);
        if (rows.stream().allMatch(row -> same(row.outputs(), rows.get(0).outputs()))) {
            return new Verdict(false, "all variations of the example have the same outputs");
        }
        List<Integer> compared = new ArrayList<>();
        for (int size : sizes()) {
            if (!compared.isEmpty() && System.nanoTime() - started + size * fastest > budget) {
                continue;
            }
            List<Row> chosen = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                chosen.add(rows.get((i + size / 2) % rows.size()));
            }
            List<List<Tensor>> merged =
                    model.runMerged(chosen.stream().map(Row::inputs).toList(), outputs);
            for (int i = 0; i < size; i++) {
                if (!same(merged.get(i), chosen.get(i).outputs())) {
                    return new Verdict(
                            false, "a row has other outputs alone than merged with " + (size - 1) + " others");
                }
            }
            compared.add(size);
        }
        return new Verdict(true, "rows alone and merged to " + compared + " have the same outputs");
    }

    /** The example's first rows and variations of them, each run alone. */
    private List<Row> rows(List<Tensor> example) throws EngineException {
        List<List<Tensor>> single = split(example);
        List<Row> rows = new ArrayList<>();
        for (List<Tensor> inputs : single) {
            rows.add(alone(inputs));
        }
        VariedRows varied = new VariedRows(single);
        boolean all = true;
        for (int i = 0; i < VARIATIONS; i++) {
            List<Tensor> inputs = varied.next(all);
            try {
                rows.add(alone(inputs));
            } catch (EngineException e) {
                // It cannot compute this one even alone.
                all = false;
            }
        }
        return rows;
    }

    private Row alone(List<Tensor> inputs) throws EngineException {
        long start = System.nanoTime();
        List<Tensor> computed = model.run(inputs, outputs);
        fastest = Math.min(fastest, System.nanoTime() - start);
        return new Row(inputs, computed);
    }

    private static List<List<Tensor>> split(List<Tensor> example) throws EngineException {
        long count = example.isEmpty() || example.get(0).rank() == 0
                ? 0
                : example.get(0).dimension(0);
        if (count == 0) {
            throw new EngineException("the example has no rows");
        }
        for (Tensor input : example) {
            if (input.rank() == 0 || input.dimension(0) != count) {
                throw new EngineException("input " + input.name() + " has not as many rows as the first input");
            }
        }
        long[] ones = new long[Math.toIntExact(count)];
        Arrays.fill(ones, 1);
        List<List<Tensor>> rows = RowSlices.cut(example, ones);
        return rows.subList(0, Math.min(rows.size(), VARIATIONS));
    }

    /** The extremes first, as the budget may end. */
    private Set<Integer> sizes() {
        Set<Integer> sizes = new LinkedHashSet<>(List.of(2, maxRows));
        for (int size : new int[] {3, 4, 5, 8, 16, 17, 32, 64, 128}) {
            if (size < maxRows) {
                sizes.add(size);
            }
        }
        return sizes;
    }

    private static boolean same(List<Tensor> some, List<Tensor> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i).shape(), others.get(i).shape())
                    || !some.get(i).data().equals(others.get(i).data())) {
                return false;
            }
        }
        return true;
    }
}
