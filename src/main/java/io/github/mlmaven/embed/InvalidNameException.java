package io.github.mlmaven.embed;

/** A configured package or class name is not legal Java; the message is for the user. */
public final class InvalidNameException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidNameException(String parameter, String expected, String found) {
        super(parameter + ": expected " + expected + ", found \"" + found
                + "\". Change it, or remove it to derive the name from the coordinates.");
    }
}
