package io.github.mlmaven.image.reproduce;

/** A tar that is not the image it should be. */
public final class LayoutException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String expected;
    private final String found;

    LayoutException(String what, String expected, String found) {
        super(what + "; expected " + expected + ", found " + found);
        this.what = what;
        this.expected = expected;
        this.found = found;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** What would have been right. */
    public String expected() {
        return expected;
    }

    /** What is there. */
    public String found() {
        return found;
    }
}
