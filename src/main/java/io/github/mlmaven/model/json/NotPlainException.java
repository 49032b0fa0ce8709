package io.github.mlmaven.model.json;

/** JSON that the fast path leaves to the parser: it may be unusual, or wrong, which only the parser can say. */
public final class NotPlainException extends Exception {

    /** Nobody looks at where it was thrown. */
    public static final NotPlainException NOT_PLAIN = new NotPlainException();

    private NotPlainException() {
        super("not plain", null, false, false);
    }
}
