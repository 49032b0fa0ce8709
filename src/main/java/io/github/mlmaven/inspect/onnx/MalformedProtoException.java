package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.finding.FindingId;

/** The bytes cannot be read any further; says why, what was expected and what is there. */
final class MalformedProtoException extends Exception {

    private static final long serialVersionUID = 1;

    private final FindingId id;
    private final String problem;
    private final String expected;
    private final String found;

    private MalformedProtoException(FindingId id, String problem, String expected, String found) {
        super(problem + "; expected " + expected + ", found " + found);
        this.id = id;
        this.problem = problem;
        this.expected = expected;
        this.found = found;
    }

    static MalformedProtoException truncated(long offset, long expectedBytes, long foundBytes) {
        return new MalformedProtoException(
                FindingId.MODEL_TRUNCATED,
                "the file ends inside the field at byte " + offset,
                "at least " + expectedBytes + " bytes",
                foundBytes + " bytes");
    }

    static MalformedProtoException corrupt(long offset, String problem, String expected, String found) {
        return new MalformedProtoException(FindingId.MODEL_CORRUPT, problem + " at byte " + offset, expected, found);
    }

    static MalformedProtoException limit(String problem, String expected, String found) {
        return new MalformedProtoException(FindingId.MODEL_LIMIT, problem, expected, found);
    }

    FindingId id() {
        return id;
    }

    String problem() {
        return problem;
    }

    String expected() {
        return expected;
    }

    String found() {
        return found;
    }
}
