package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One input in the making: its elements, and the shape that they turn out to have. */
final class InputBuilder {

    private static final long UNKNOWN = -1;

    private final TensorSpec spec;
    private final ElementBuffer elements;
    private final long[] sizes;
    private long rows;

    /** @param capacity bytes to begin with */
    InputBuilder(TensorSpec spec, int capacity, ElementMemory memory) {
        this.spec = spec;
        this.elements = new ElementBuffer("input " + spec.name(), spec.datatype(), capacity, memory);
        this.sizes = spec.shape().wire();
    }

    /** One for each input; together they begin with about what a document of this length needs. */
    static List<InputBuilder> of(List<TensorSpec> inputs, int length, ElementMemory memory) {
        int capacity = 64 + length / (2 * Math.max(1, inputs.size()));
        List<InputBuilder> builders = new ArrayList<>(inputs.size());
        inputs.forEach(input -> builders.add(new InputBuilder(input, capacity, memory)));
        return builders;
    }

    /** Checks that rows are what the inputs take. */
    static void requireBatch(List<InputBuilder> inputs) throws TensorFormatException {
        for (InputBuilder input : inputs) {
            if (input.sizes.length == 0) {
                throw new TensorFormatException(
                        "input " + input.spec + " has no batch dimension: it cannot be given row by row");
            }
        }
    }

    TensorSpec spec() {
        return spec;
    }

    /** The rows so far. */
    long rows() {
        return rows;
    }

    /** Takes the value that the parser stands at as the whole tensor, and leaves the parser at its last token. */
    void tensor(JsonParser json) throws IOException {
        value(json, 0, 0);
        rows = sizes.length == 0 ? 0 : sizes[0];
    }

    /** Takes the value that the parser stands at as the next row, and leaves the parser at its last token. */
    void row(JsonParser json) throws IOException {
        value(json, 1, 1);
        rows++;
    }

    /** Takes a scalar as the next element of a row that {@link #endRow} ends. */
    void element(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL && spec.datatype().isFloat()) {
            // What pandas makes of a missing number.
            elements.addNonFinite(Double.NaN);
        } else if (token == JsonToken.START_OBJECT && spec.datatype() == Datatype.BYTES) {
            elements.addBytes(base64(json));
        } else {
            elements.add(json);
        }
    }

    /** The elements, for what is not JSON. */
    ElementBuffer elements() {
        return elements;
    }

    /** Ends a row of so many elements. */
    void endRow(long width) {
        rows++;
        for (int i = 1; i < sizes.length; i++) {
            // Only a matrix has a dimension that its columns choose.
            sizes[i] = sizes[i] == UNKNOWN ? width : sizes[i];
        }
    }

    /** Whether a row can be a single scalar: nothing is inside it but dimensions of 1. */
    boolean hasScalarRows() {
        return onlyOnes(1);
    }

    /** The tensor of the rows taken. */
    Tensor build() throws TensorFormatException {
        if (sizes.length > 0) {
            if (spec.shape().dimensions().get(0) instanceof Dimension.Fixed fixed && fixed.size() != rows) {
                throw new TensorFormatException(
                        "input " + spec + ": expected " + fixed.size() + " in the first dimension, found " + rows);
            }
            sizes[0] = rows;
        }
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.max(sizes[i], 0);
        }
        return new Tensor(spec.name(), spec.datatype(), sizes, elements.finish());
    }

    /** @param base the dimension at which the value begins, for messages */
    private void value(JsonParser json, int dimension, int base) throws IOException {
        if (dimension == sizes.length) {
            element(json);
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            array(json, dimension, base);
        } else if (onlyOnes(dimension)) {
            element(json);
        } else {
            throw unfit(dimension, base, ElementBuffer.found(json) + " instead of an array");
        }
    }

    private void array(JsonParser json, int dimension, int base) throws IOException {
        long size = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (sizes[dimension] == UNKNOWN || size < sizes[dimension]) {
                value(json, dimension + 1, base);
            } else {
                // Too many: only their number counts now.
                json.skipChildren();
            }
            size++;
        }
        if (sizes[dimension] == UNKNOWN) {
            sizes[dimension] = size;
        } else if (sizes[dimension] != size) {
            throw unfit(dimension, base, "an array of " + size);
        }
    }

    private boolean onlyOnes(int from) {
        List<Dimension> dimensions = spec.shape().dimensions();
        for (int i = from; i < dimensions.size(); i++) {
            if (dimensions.get(i).wireSize() != 1) {
                return false;
            }
        }
        return true;
    }

    private TensorFormatException unfit(int dimension, int base, String found) {
        List<String> shape = new ArrayList<>();
        for (int i = base; i < sizes.length; i++) {
            shape.add(sizes[i] == UNKNOWN ? spec.shape().dimensions().get(i).toString() : Long.toString(sizes[i]));
        }
        return new TensorFormatException("input " + spec.name() + ": expected shape [" + String.join(",", shape)
                + "], found " + found + " at depth " + (dimension - base + 1));
    }

    /** {@code {"b64":"…"}}, as TensorFlow Serving writes what is not UTF-8. */
    private ByteBuffer base64(JsonParser json) throws IOException {
        boolean only = json.nextToken() == JsonToken.FIELD_NAME
                && json.currentName().equals("b64")
                && json.nextToken() == JsonToken.VALUE_STRING;
        if (only) {
            ByteBuffer bytes;
            try {
                bytes = ByteBuffer.wrap(json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
            } catch (IOException | IllegalArgumentException e) {
                throw elements.unexpected("a \"b64\" that is not Base64");
            }
            if (json.nextToken() == JsonToken.END_OBJECT) {
                return bytes;
            }
        }
        throw elements.unexpected("an object other than {\"b64\":\"…\"}");
    }
}
