package io.github.mlmaven.inspect.onnx;

/** A tensor file that is not one, or that contradicts itself. */
public final class MalformedTensorException extends Exception {

    private static final long serialVersionUID = 1;

    private final String place;
    private final String problem;
    private final String expected;
    private final String found;

    MalformedTensorException(String place, String problem, String expected, String found) {
        super(place + ": " + problem + "; expected " + expected + ", found " + found);
        this.place = place;
        this.problem = problem;
        this.expected = expected;
        this.found = found;
    }

    /** The file. */
    public String place() {
        return place;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
