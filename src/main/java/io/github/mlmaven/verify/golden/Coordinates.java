package io.github.mlmaven.verify.golden;

/** Turns the position of an element in row-major order into coordinates. */
final class Coordinates {

    private Coordinates() {}

    /** {@code [3,1]} for position 7 in a shape of {@code [4,2]}; {@code []} in a scalar. */
    static String of(long[] shape, long position) {
        long rest = position;
        long[] coordinates = new long[shape.length];
        for (int d = shape.length - 1; d >= 0; d--) {
            coordinates[d] = rest % shape[d];
            rest /= shape[d];
        }
        return Comparison.text(coordinates);
    }
}
