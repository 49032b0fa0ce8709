package io.github.mlmaven.lock;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field that an object of a lock has, with how it is read, and its value once it was. */
final class Field<T> {

    /** Reads the value that the parser stands at. */
    @FunctionalInterface
    interface Reader<T> {
        T read() throws IOException;
    }

    private final String name;
    private final boolean required;
    private final Reader<T> reader;
    private @Nullable T value;

    private Field(String name, boolean required, Reader<T> reader) {
        this.name = name;
        this.required = required;
        this.reader = reader;
    }

    static <T> Field<T> required(String name, Reader<T> reader) {
        return new Field<>(name, true, reader);
    }

    static <T> Field<T> optional(String name, Reader<T> reader) {
        return new Field<>(name, false, reader);
    }

    String name() {
        return name;
    }

    boolean isMissing() {
        return required && value == null;
    }

    void read() throws IOException {
        value = reader.read();
    }

    /** The value of a required field. */
    T get() {
        return Objects.requireNonNull(value, name);
    }

    Optional<T> found() {
        return Optional.ofNullable(value);
    }
}
