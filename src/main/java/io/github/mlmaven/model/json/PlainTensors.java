package io.github.mlmaven.model.json;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an array of tensors as {@link TensorJson#readAll} does, where it is plain: several times as fast. */
public final class PlainTensors {

    private static final int MAX_TENSORS = 64;

    private PlainTensors() {}

    /** The cursor stands before the array, and is left behind it. */
    public static List<Tensor> readAll(PlainCursor cursor, ElementMemory memory) throws NotPlainException {
        cursor.take('[');
        List<Tensor> tensors = new ArrayList<>(4);
        do {
            Tensor tensor = read(cursor, memory);
            for (Tensor before : tensors) {
                if (before.name().equals(tensor.name())) {
                    throw new NotPlainException();
                }
            }
            tensors.add(tensor);
        } while (cursor.more(']') && tensors.size() < MAX_TENSORS);
        if (tensors.size() == MAX_TENSORS) {
            throw new NotPlainException();
        }
        return tensors;
    }

    private static Tensor read(PlainCursor cursor, ElementMemory memory) throws NotPlainException {
        @Nullable String name = null;
        @Nullable Datatype datatype = null;
        long @Nullable [] shape = null;
        @Nullable ByteBuffer data = null;
        cursor.take('{');
        do {
            switch (cursor.key()) {
                case "name" -> name = once(name, cursor.text());
                case "datatype" -> datatype = once(datatype, datatype(cursor.text()));
                case "shape" -> shape = once(shape, shape(cursor));
                case "data" -> {
                    if (datatype == null || shape == null) {
                        throw new NotPlainException();
                    }
                    data = once(data, data(cursor, datatype, shape, memory));
                }
                default -> throw new NotPlainException();
            }
        } while (cursor.more('}'));
        if (name == null || name.isEmpty() || datatype == null || shape == null || data == null) {
            throw new NotPlainException();
        }
        return new Tensor(name, datatype, shape, data);
    }

    private static <T> T once(@Nullable T before, T value) throws NotPlainException {
        if (before != null) {
            throw new NotPlainException();
        }
        return value;
    }

    private static Datatype datatype(String name) throws NotPlainException {
        return Datatype.named(name).orElseThrow(NotPlainException::new);
    }

    private static long[] shape(PlainCursor cursor) throws NotPlainException {
        cursor.take('[');
        if (cursor.took(']')) {
            return new long[0];
        }
        long[] shape = new long[8];
        int rank = 0;
        do {
            if (rank == shape.length) {
                shape = Arrays.copyOf(shape, Shape.MAX_RANK);
            }
            if (rank == Shape.MAX_RANK) {
                throw new NotPlainException();
            }
            shape[rank++] = cursor.size();
        } while (cursor.more(']'));
        return Arrays.copyOf(shape, rank);
    }

    private static ByteBuffer data(PlainCursor cursor, Datatype datatype, long[] shape, ElementMemory memory)
            throws NotPlainException {
        long elements;
        try {
            elements = Tensor.elements(shape);
        } catch (ArithmeticException e) {
            throw new NotPlainException();
        }
        return new PlainElements(cursor, datatype, shape, elements, memory).read();
    }
}
