package io.github.mlmaven.finding;

import java.util.List;

/** A policy that cannot be followed; the message has every problem, each on a line. */
public final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    PolicyException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
