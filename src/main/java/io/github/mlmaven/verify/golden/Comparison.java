package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an output compares with the expected one: datatype and shape exactly; integers, BOOL and BYTES exactly; floats by
 * {@code |actual-expected| ≤ atol + rtol·|expected|}, where NaN equals NaN and an infinity only itself.
 *
 * @param tensor the output's name
 * @param elements the number of expected elements
 * @param tolerance what was applied; empty where elements are compared exactly
 * @param mismatch why the two are not equal, or empty
 * @param absolute the largest absolute error; empty when the elements are no numbers or could not be paired
 * @param relative the largest error relative to the expected value, over those that are not zero; empty likewise
 * @param used the largest error as a share of what is tolerated for its element, more than 1 where it differs; infinite
 *     where nothing is tolerated; empty likewise
 */
public record Comparison(
        String tensor,
        long elements,
        Optional<Tolerance> tolerance,
        Optional<Mismatch> mismatch,
        Optional<Deviation> absolute,
        Optional<Deviation> relative,
        Optional<Double> used) {

    /** Compares an output with what the golden data says. */
    public static Comparison compare(Tensor expected, Tensor actual, Tolerance tolerance) {
        if (expected.datatype() != actual.datatype()) {
            return unpaired(
                    expected,
                    tolerance,
                    new Mismatch.OfDatatype(
                            expected.datatype().name(), actual.datatype().name()));
        }
        if (!Arrays.equals(expected.shape(), actual.shape())) {
            return unpaired(expected, tolerance, new Mismatch.OfShape(text(expected.shape()), text(actual.shape())));
        }
        boolean numbers = expected.datatype() != Datatype.BOOL && expected.datatype() != Datatype.BYTES;
        if (expected.data().equals(actual.data())) {
            Optional<Deviation> none = numbers ? Optional.of(Deviation.NONE) : Optional.empty();
            return new Comparison(
                    expected.name(),
                    expected.elements(),
                    applied(expected, tolerance),
                    Optional.empty(),
                    none,
                    none,
                    none.map(Deviation::error));
        }
        if (expected.datatype() == Datatype.BYTES) {
            return unpaired(expected, tolerance, StringElements.compare(expected, actual));
        }
        Differences differences = new Differences(expected, actual);
        if (expected.datatype().isFloat()) {
            differences.ofFloats(tolerance);
        } else {
            differences.ofIntegers();
        }
        return new Comparison(
                expected.name(),
                expected.elements(),
                applied(expected, tolerance),
                differences.mismatch(),
                numbers ? Optional.of(differences.absolute()) : Optional.empty(),
                numbers ? Optional.of(differences.relative()) : Optional.empty(),
                numbers ? Optional.of(differences.used()) : Optional.empty());
    }

    /** The comparison with an output that the model did not give. */
    public static Comparison missing(Tensor expected, Tolerance tolerance) {
        return unpaired(
                expected,
                tolerance,
                new Mismatch.OfForm(expected.datatype() + text(expected.shape()), "no such output"));
    }

    /** Whether the output is as expected. */
    public boolean matches() {
        return mismatch.isEmpty();
    }

    /**
     * What differs, in words: {@code output y differs at [3,1] (2 of 6 elements differ; worst at [4,0]: expected 1.0,
     * found 3.0; tolerance atol 1e-5, rtol 1e-4)}; what was expected and found there is {@link Mismatch#expected} and
     * {@link Mismatch#found}.
     *
     * @throws java.util.NoSuchElementException when nothing differs
     */
    public String message() {
        Mismatch difference = mismatch.orElseThrow();
        if (difference instanceof Mismatch.OfDatatype) {
            return "output " + tensor + " has another datatype";
        }
        if (difference instanceof Mismatch.OfShape) {
            return "output " + tensor + " has another shape";
        }
        if (difference instanceof Mismatch.OfElements e) {
            String worst = e.worst().equals(e.first())
                    ? ""
                    : "; worst at " + e.worst().index() + ": expected "
                            + e.worst().expected() + ", found " + e.worst().found();
            return "output " + tensor + " differs at " + e.first().index() + " (" + e.differing() + " of " + elements
                    + " elements differ" + worst
                    + tolerance.map(t -> "; tolerance " + t).orElse("") + ")";
        }
        return "output " + tensor + " cannot be compared";
    }

    private static Comparison unpaired(Tensor expected, Tolerance tolerance, Mismatch mismatch) {
        return new Comparison(
                expected.name(),
                expected.elements(),
                applied(expected, tolerance),
                Optional.of(mismatch),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Tolerance> applied(Tensor expected, Tolerance tolerance) {
        return expected.datatype().isFloat() ? Optional.of(tolerance) : Optional.empty();
    }

    static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
