package io.github.mlmaven.inspect.scan.tensors;

import java.util.Arrays;

/** Where tensors lie, in plain arrays: a hostile header has a million of them. */
final class Intervals {

    private long[] starts = new long[256];
    private long[] ends = new long[256];
    private int[] ordinals = new int[256];
    private int size;

    /** Adds the next one; its ordinal is how many there were before. */
    void add(long start, long end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            ordinals = Arrays.copyOf(ordinals, size * 2);
        }
        starts[size] = start;
        ends[size] = end;
        ordinals[size] = size;
        size++;
    }

    int size() {
        return size;
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return ends[index];
    }

    int ordinal(int index) {
        return ordinals[index];
    }

    /** By start, then end, then ordinal: heapsort, as it needs no memory of its own and no input makes it slow. */
    void sort() {
        for (int root = size / 2 - 1; root >= 0; root--) {
            sift(root, size);
        }
        for (int last = size - 1; last > 0; last--) {
            swap(0, last);
            sift(0, last);
        }
    }

    private void sift(int from, int bound) {
        int root = from;
        while (true) {
            int child = 2 * root + 1;
            if (child >= bound) {
                return;
            }
            if (child + 1 < bound && isBefore(child, child + 1)) {
                child++;
            }
            if (!isBefore(root, child)) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private boolean isBefore(int a, int b) {
        if (starts[a] != starts[b]) {
            return starts[a] < starts[b];
        }
        return ends[a] != ends[b] ? ends[a] < ends[b] : ordinals[a] < ordinals[b];
    }

    private void swap(int a, int b) {
        long start = starts[a];
        starts[a] = starts[b];
        starts[b] = start;
        long end = ends[a];
        ends[a] = ends[b];
        ends[b] = end;
        int ordinal = ordinals[a];
        ordinals[a] = ordinals[b];
        ordinals[b] = ordinal;
    }
}
