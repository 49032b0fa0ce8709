package io.github.mlmaven.serving.protocol.tabular;

import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.TensorFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which input each column of a table goes to: a column with an input's name is that input; the others, in their order,
 * are the rows of the one matrix that has no column of its name.
 */
final class Columns {

    /** More columns than any table for a model has; keeps hostile headers small. */
    static final int MAX = 1 << 16;

    private static final int MAX_NAMED = 10;

    private final List<String> names;
    private final List<InputBuilder> inputs;
    private final InputBuilder[] targets;
    private final @Nullable InputBuilder matrix;
    private final int width;

    private Columns(
            List<String> names,
            List<InputBuilder> inputs,
            InputBuilder[] targets,
            @Nullable InputBuilder matrix,
            int width) {
        this.names = names;
        this.inputs = inputs;
        this.targets = targets;
        this.matrix = matrix;
        this.width = width;
    }

    /**
     * Finds each column's input.
     *
     * @param where what messages call the columns' names
     * @throws TensorFormatException which names the inputs without a column and the columns without an input
     */
    static Columns bind(String where, List<String> names, List<InputBuilder> inputs) throws TensorFormatException {
        Map<String, InputBuilder> missing = new LinkedHashMap<>();
        inputs.forEach(input -> missing.put(input.spec().name(), input));
        InputBuilder[] targets = new InputBuilder[names.size()];
        List<Integer> others = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < targets.length; i++) {
            if (seen.put(names.get(i), i) != null) {
                throw new TensorFormatException(
                        where + ": column " + ElementBuffer.shortened(names.get(i)) + " is given twice");
            }
            InputBuilder named = missing.remove(names.get(i));
            if (named == null) {
                others.add(i);
            } else {
                targets[i] = named;
            }
        }
        if (others.isEmpty() && missing.isEmpty()) {
            return new Columns(names, inputs, targets, null, 0);
        }
        List<String> extra = others.stream().map(names::get).toList();
        if (missing.size() == 1) {
            InputBuilder matrix = missing.values().iterator().next();
            if (takes(matrix.spec(), others.size(), inputs.size() == 1)) {
                others.forEach(i -> targets[i] = matrix);
                return new Columns(names, inputs, targets, matrix, others.size());
            }
            if (matrix.spec().shape().rank() == 2 && !matrix.hasScalarRows()) {
                throw new TensorFormatException(where + ": input " + matrix.spec() + ": expected "
                        + matrix.spec().shape().dimensions().get(1) + " columns, found " + others.size()
                        + (extra.isEmpty() ? "" : ": " + listed(extra)));
            }
        }
        List<String> problems = new ArrayList<>();
        if (!missing.isEmpty()) {
            problems.add("missing column "
                    + missing.values().stream()
                            .map(input -> input.spec().toString())
                            .collect(Collectors.joining(", ")));
        }
        if (!extra.isEmpty()) {
            problems.add("unknown column " + listed(extra));
        }
        throw new TensorFormatException(where + ": " + String.join("; ", problems));
    }

    /** Whether so many columns can be one input of another name. */
    private static boolean takes(TensorSpec input, int columns, boolean only) {
        List<Dimension> dimensions = input.shape().dimensions();
        if (columns == 0 || dimensions.size() > 2) {
            return false;
        }
        long width = dimensions.size() == 2 ? dimensions.get(1).wireSize() : 1;
        // A single column that bears another name may be a slip of the pen, unless there is nothing else it could be.
        return width < 0 || (width == columns && (width > 1 || only));
    }

    /** The number of columns. */
    int size() {
        return targets.length;
    }

    /** A column's name. */
    String name(int column) {
        return names.get(column);
    }

    /** The input of a column. */
    InputBuilder target(int column) {
        return targets[column];
    }

    /** Whether a column's cell is one element of a matrix's row, not a whole row. */
    boolean isElement(int column) {
        return targets[column] == matrix;
    }

    /** All cells of a row are read. */
    void endRow() {
        if (matrix != null) {
            matrix.endRow(width);
        }
    }

    /** The tensors, in the contract's order. */
    List<Tensor> build() throws TensorFormatException {
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        for (InputBuilder input : inputs) {
            tensors.add(input.build());
        }
        return tensors;
    }

    private static String listed(List<String> names) {
        String listed =
                names.stream().limit(MAX_NAMED).map(ElementBuffer::shortened).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMED ? listed : listed + ", … (" + names.size() + ")";
    }
}
