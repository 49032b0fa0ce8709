package io.github.mlmaven.serving;

import java.util.List;

/** The server cannot start; each problem is one line for the user. */
final class StartException extends Exception {

    private final List<String> problems;

    StartException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
