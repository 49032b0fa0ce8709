package io.github.mlmaven.model;

/** One dimension of a shape in a contract. */
public sealed interface Dimension {

    /** A dimension of exactly {@code size} elements, zero or more. */
    record Fixed(long size) implements Dimension {
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("a fixed dimension is zero or more: " + size);
            }
        }

        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /** A dimension whose size each request chooses; the name is the model's own and may be empty. */
    record Symbolic(String name) implements Dimension {
        @Override
        public String toString() {
            return name.isEmpty() ? "?" : name;
        }
    }

    /** The size on the wire: the fixed size, or -1, as the Open Inference Protocol writes a variable dimension. */
    default long wireSize() {
        return this instanceof Fixed fixed ? fixed.size() : -1;
    }
}
