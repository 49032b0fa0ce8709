package io.github.mlmaven.verify.golden;

/**
 * How far a floating-point output may lie from the expected one: {@code |actual-expected| ≤ atol + rtol·|expected|}.
 *
 * @param atol absolute part, zero or more
 * @param rtol relative part, zero or more
 */
public record Tolerance(double atol, double rtol) {

    /** atol 1e-5, rtol 1e-4. */
    public static final Tolerance DEFAULT = new Tolerance(1e-5, 1e-4);

    public Tolerance {
        if (!(atol >= 0) || !(rtol >= 0) || Double.isInfinite(atol) || Double.isInfinite(rtol)) {
            throw new IllegalArgumentException("atol and rtol are finite and zero or more: " + atol + ", " + rtol);
        }
    }

    /** The form in messages: {@code atol 1e-5, rtol 1e-4}. */
    @Override
    public String toString() {
        return "atol " + text(atol) + ", rtol " + text(rtol);
    }

    private static String text(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e').replaceFirst("\\.0$", "");
    }
}
