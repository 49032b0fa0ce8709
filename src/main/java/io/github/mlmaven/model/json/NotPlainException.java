package io.github.mlmaven.model.json;

/** JSON that the fast path leaves to the parser: it may be unusual, or wrong, which only the parser can say. */
public final class NotPlainException extends Exception {

    /** Without a stack trace: nobody looks at where it was thrown. */
    public NotPlainException() {
        super("not plain", null, false, false);
    }
}
