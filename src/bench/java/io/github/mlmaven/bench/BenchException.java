package io.github.mlmaven.bench;

/** Something that cannot be measured, and why. */
final class BenchException extends Exception {
    BenchException(String message) {
        super(message);
    }
}
