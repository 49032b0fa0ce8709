package io.github.mlmaven.serving;

import java.util.List;

/** The server cannot start; each problem is one line for the user, whatever a library's message looks like. */
final class StartException extends Exception {

    private final List<String> problems;

    StartException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = problems.stream().map(StartException::oneLine).toList();
    }

    /** Of what nobody expected: its type is half of the message. */
    StartException(String what, Throwable unexpected) {
        this(List.of(what + ": " + unexpected));
    }

    private static String oneLine(String problem) {
        return problem.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }

    List<String> problems() {
        return problems;
    }
}
