package io.github.mlmaven.serving.repository;

import java.util.List;

/** Models that must not be served; each problem names the model, the file, what was expected and what was found. */
public final class UnusableModelException extends Exception {

    private final List<String> problems;

    UnusableModelException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All of them, at least one. */
    public List<String> problems() {
        return problems;
    }
}
