package io.github.mlmaven.inspect.scan.pickle;

/** Python would raise an exception here: what runs, ran before. */
final class PickleException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why it breaks. */
    enum Reason {
        /** The bytes end. */
        TRUNCATED,
        /** Nobody knows how long this opcode is. */
        UNREADABLE,
        /** An opcode that cannot be executed here; those after it can still be read. */
        WRONG,
        /** More than honest pickles need. */
        LIMIT
    }

    private final Reason reason;

    PickleException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static PickleException wrong(String message) {
        return new PickleException(Reason.WRONG, message);
    }

    static PickleException limit(String message) {
        return new PickleException(Reason.LIMIT, message);
    }

    Reason reason() {
        return reason;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
