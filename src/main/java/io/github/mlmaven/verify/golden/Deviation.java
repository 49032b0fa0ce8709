package io.github.mlmaven.verify.golden;

import java.util.Locale;

/**
 * A largest error and where it is.
 *
 * @param error zero or more; infinite where one of the two values is not finite and the other is not the same
 * @param index coordinates of the first element that has it, for example {@code [3,1]}; empty when no element differs
 */
public record Deviation(double error, String index) {

    static final Deviation NONE = new Deviation(0, "");

    /** The form in reports: {@code 2.98e-08 at [3,1]}, {@code 0} when there is none. */
    @Override
    public String toString() {
        if (error == 0) {
            return "0";
        }
        String number = Double.isInfinite(error) ? "infinite" : String.format(Locale.ROOT, "%.2e", error);
        return number + " at " + index;
    }
}
