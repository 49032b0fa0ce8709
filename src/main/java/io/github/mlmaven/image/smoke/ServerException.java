package io.github.mlmaven.image.smoke;

/** A server that did not start, answer or stop as it should. */
public final class ServerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String expected;
    private final String found;

    ServerException(String message, String expected, String found) {
        super(message + "; expected " + expected + ", found " + found);
        this.what = message;
        this.expected = expected;
        this.found = found;
    }

    /** What went wrong. */
    public String what() {
        return what;
    }

    /** What would have been right. */
    public String expected() {
        return expected;
    }

    /** What happened. */
    public String found() {
        return found;
    }
}
