package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was memoized. Beyond its limits it knows only that something was. */
final class Memo {

    private static final int DENSE = 1 << 20;
    private static final int SPARSE = 4096;
    private static final int MOST_WEIGHT = 300_000;

    private @Nullable Value[] dense = new Value[8];
    private final Map<Long, Value> sparse = new HashMap<>();
    private long count;
    private int weight;

    /** Under the next number. */
    void add(Value value) throws PickleException {
        put(count, value);
    }

    void put(long index, Value value) throws PickleException {
        if (index < 0) {
            throw PickleException.wrong("a negative place in the memo");
        }
        boolean fits = weight + value.weight() <= MOST_WEIGHT;
        Value kept = fits ? value : Simple.FORGOTTEN;
        weight += kept.weight();
        if (index < DENSE) {
            putDense((int) index, kept);
        } else if (index != count || sparse.containsKey(index)) {
            putSparse(index, kept);
        } else {
            count++;
        }
    }

    private void putDense(int index, Value value) {
        if (index >= dense.length) {
            dense = Arrays.copyOf(dense, Math.min(DENSE, Math.max(index + 1, dense.length * 2)));
        }
        Value before = dense[index];
        if (before == null) {
            count++;
        } else {
            weight -= before.weight();
        }
        dense[index] = value;
    }

    private void putSparse(long index, Value value) throws PickleException {
        Value before = sparse.put(index, value);
        if (before == null) {
            count++;
        } else {
            weight -= before.weight();
        }
        if (sparse.size() > SPARSE) {
            throw PickleException.limit("a memo with holes");
        }
    }

    Value get(long index) throws PickleException {
        Value value = index >= 0 && index < dense.length ? dense[(int) index] : sparse.get(index);
        if (value != null) {
            return value;
        }
        if (index >= DENSE && index < count) {
            return Simple.FORGOTTEN;
        }
        throw PickleException.wrong("nothing is in the memo at " + index);
    }
}
