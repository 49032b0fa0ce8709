package io.github.mlmaven.inspect.scan.proto;

/** The bytes are not a message of the kind that was looked for. */
public final class NotProtoException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong, as what was found: {@code a field that ends behind its message at byte 12}. */
    public NotProtoException(String message, long at) {
        super(message + " at byte " + at);
    }

    /** What was found. */
    public String found() {
        return String.valueOf(getMessage());
    }
}
