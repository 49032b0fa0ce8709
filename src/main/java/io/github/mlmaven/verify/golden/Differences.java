package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.util.Optional;

/** Walks two numeric tensors of the same datatype and shape in step, without boxing. */
final class Differences {

    private final Tensor expected;
    private final Tensor actual;
    private final Numbers left;
    private final Numbers right;
    private final int count;

    private long differing;
    private int first = -1;
    private int worst = -1;
    private double worstError = -1;
    private int absoluteAt = -1;
    private double absolute;
    private int relativeAt = -1;
    private double relative;
    private double used;

    Differences(Tensor expected, Tensor actual) {
        this.expected = expected;
        this.actual = actual;
        left = new Numbers(expected.datatype(), expected.data());
        right = new Numbers(actual.datatype(), actual.data());
        count = Math.toIntExact(expected.elements());
    }

    void ofFloats(Tolerance tolerance) {
        for (int i = 0; i < count; i++) {
            double e = left.floating(i);
            double a = right.floating(i);
            if (e == a || (Double.isNaN(e) && Double.isNaN(a))) {
                continue;
            }
            double error = finiteOr(Math.abs(a - e));
            double limit = tolerance.atol() + tolerance.rtol() * Math.abs(e);
            boolean close = error <= limit && Double.isFinite(error);
            used = Math.max(used, Double.isFinite(error) ? error / limit : error);
            record(i, error, e, !close);
        }
    }

    void ofIntegers() {
        boolean unsigned = expected.datatype() == Datatype.UINT64;
        for (int i = 0; i < count; i++) {
            long e = left.integer(i);
            long a = right.integer(i);
            if (e != a) {
                boolean less = unsigned ? Long.compareUnsigned(a, e) < 0 : a < e;
                used = Double.POSITIVE_INFINITY;
                double error = unsignedDouble(less ? e - a : a - e);
                record(i, error, unsigned ? unsignedDouble(e) : e, true);
            }
        }
    }

    Optional<Mismatch> mismatch() {
        return differing == 0
                ? Optional.empty()
                : Optional.of(new Mismatch.OfElements(element(first), element(worst), differing));
    }

    Deviation absolute() {
        return deviation(absolute, absoluteAt);
    }

    Deviation relative() {
        return deviation(relative, relativeAt);
    }

    /** The largest error as a share of what is tolerated. */
    double used() {
        return used;
    }

    private void record(int index, double error, double reference, boolean differs) {
        if (error > absolute) {
            absolute = error;
            absoluteAt = index;
        }
        if (reference != 0) {
            double share = finiteOr(error / Math.abs(reference));
            if (share > relative) {
                relative = share;
                relativeAt = index;
            }
        }
        if (differs) {
            differing++;
            if (first < 0) {
                first = index;
            }
            if (error > worstError) {
                worstError = error;
                worst = index;
            }
        }
    }

    private Deviation deviation(double error, int at) {
        return at < 0 ? Deviation.NONE : new Deviation(error, Coordinates.of(expected.shape(), at));
    }

    private Mismatch.Element element(int index) {
        return new Mismatch.Element(Coordinates.of(actual.shape(), index), left.text(index), right.text(index));
    }

    private static double finiteOr(double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static double unsignedDouble(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
