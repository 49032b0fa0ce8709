package io.github.mlmaven.verify.golden;

/** Why an output is not the expected one. */
public sealed interface Mismatch {

    /** What was expected, as text. */
    String expected();

    /** What was found, as text. */
    String found();

    /** The datatype is another one. */
    record OfDatatype(String expected, String found) implements Mismatch {}

    /** The shape is another one. */
    record OfShape(String expected, String found) implements Mismatch {}

    /** An output that is not there, or whose BYTES elements are not what their lengths say. */
    record OfForm(String expected, String found) implements Mismatch {}

    /**
     * Elements differ by more than the tolerance.
     *
     * @param first the first that differs
     * @param worst the one with the largest absolute error; the first where elements have no order
     * @param differing how many differ
     */
    record OfElements(Element first, Element worst, long differing) implements Mismatch {
        @Override
        public String expected() {
            return first.expected();
        }

        @Override
        public String found() {
            return first.found();
        }
    }

    /**
     * One element.
     *
     * @param index its coordinates, for example {@code [3,1]}; {@code []} in a scalar
     * @param expected the expected value as text
     * @param found the value that was found, as text
     */
    record Element(String index, String expected, String found) {}
}
