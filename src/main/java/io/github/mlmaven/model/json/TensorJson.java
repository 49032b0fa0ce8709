package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tensors in the Open Inference Protocol's JSON ("Inference Request JSON Object", {@code $request_input}):
 * {@code {"name":"x","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]}}, with data flat or nested and keys in any order.
 *
 * <p>JSON has no literal for what is not finite: floating-point elements may be the strings {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}, as in protobuf's JSON mapping. BYTES elements are strings in UTF-8.
 */
public final class TensorJson {

    private static final int MAX_TENSORS = 1 << 14;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Shape.MAX_RANK + 16)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // Always UTF-8, so that offsets are offsets of bytes.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private TensorJson() {}

    /** The factory of all parsers and generators of inference documents, with limits set. */
    public static JsonFactory factory() {
        return JSON;
    }

    /**
     * Reads an array of tensors; the parser stands at its first token and is left at its END_ARRAY.
     *
     * @param json a parser of the whole document
     * @param document the document, to come back to data that stands before its shape
     * @param kind {@code input} or {@code output}, for messages
     * @param memory where the elements go
     */
    public static List<Tensor> readAll(JsonParser json, JsonText document, String kind, ElementMemory memory)
            throws IOException {
        return readAll(json, document, kind, memory, BinaryElements.NONE);
    }

    /** The same, with tensors whose elements are elsewhere. */
    public static List<Tensor> readAll(
            JsonParser json, JsonText document, String kind, ElementMemory memory, BinaryElements binary)
            throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TensorFormatException(kind + "s: expected an array, found " + ElementBuffer.found(json));
        }
        List<Tensor> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (tensors.size() == MAX_TENSORS) {
                throw new TensorFormatException(kind + "s: expected at most " + MAX_TENSORS);
            }
            Tensor tensor = read(json, document, kind, tensors.size(), memory, binary);
            if (!names.add(tensor.name())) {
                throw new TensorFormatException(kind + " " + tensor.name() + " is given twice");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    /** What the parser stands at, short enough for a message. */
    public static String found(JsonParser json) throws IOException {
        return ElementBuffer.found(json);
    }

    /** Writes one tensor, its data flat. */
    public static void write(JsonGenerator json, Tensor tensor) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", tensor.name());
        json.writeFieldName("shape");
        long[] shape = tensor.shape();
        json.writeArray(shape, 0, shape.length);
        json.writeStringField("datatype", tensor.datatype().name());
        json.writeFieldName("data");
        ElementWriter.write(json, tensor);
        json.writeEndObject();
    }

    private static Tensor read(
            JsonParser json, JsonText document, String kind, int index, ElementMemory memory, BinaryElements binary)
            throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TensorFormatException(
                    kind + "s[" + index + "]: expected an object, found " + ElementBuffer.found(json));
        }
        @Nullable String name = null;
        @Nullable Datatype datatype = null;
        long @Nullable [] shape = null;
        @Nullable Tensor tensor = null;
        int dataAt = -1;
        long binarySize = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            String label = name == null ? kind + "s[" + index + "]" : kind + " " + name;
            boolean again = switch (field) {
                case "name" -> name != null;
                case "datatype" -> datatype != null;
                case "shape" -> shape != null;
                case "data" -> dataAt >= 0;
                default -> false;
            };
            if (again) {
                // Which of two a proxy or a log has looked at, nobody knows.
                throw new TensorFormatException(label + ": " + field + " is given twice");
            }
            switch (field) {
                case "name" -> name = string(json, label, field);
                case "datatype" -> datatype = datatype(json, label);
                case "shape" -> shape = shape(json, label);
                case "data" -> {
                    dataAt = (int) json.currentTokenLocation().getByteOffset();
                    if (name != null && datatype != null && shape != null) {
                        tensor = data(json, kind, name, datatype, shape, document.length() - dataAt, memory);
                    } else {
                        json.skipChildren();
                    }
                }
                case "parameters" -> binarySize = binarySize(json, label);
                default -> json.skipChildren();
            }
        }
        if (name == null || name.isEmpty()) {
            throw new TensorFormatException(kind + "s[" + index + "] has no name");
        }
        if (dataAt >= 0 && binarySize >= 0) {
            throw new TensorFormatException(
                    kind + " " + name + ": expected either data or the parameter binary_data_size, found both");
        }
        if (datatype == null || shape == null || (dataAt < 0 && binarySize < 0)) {
            String missing = datatype == null ? "datatype" : shape == null ? "shape" : "data";
            throw new TensorFormatException(kind + " " + name + " has no " + missing);
        }
        if (tensor != null) {
            return tensor;
        }
        if (binarySize >= 0) {
            String label = kind + " " + name;
            return new Tensor(name, datatype, shape, binary.take(label, datatype, shape, binarySize));
        }
        try (JsonParser again = document.parserAt(dataAt)) {
            again.nextToken();
            return data(again, kind, name, datatype, shape, document.length() - dataAt, memory);
        }
    }

    private static Tensor data(
            JsonParser json,
            String kind,
            String name,
            Datatype datatype,
            long[] shape,
            int bytesLeft,
            ElementMemory memory)
            throws IOException {
        String label = kind + " " + name;
        long elements;
        try {
            elements = Tensor.elements(shape);
        } catch (ArithmeticException e) {
            throw new TensorFormatException(
                    label + ": shape " + ElementReader.text(shape) + " has too many elements", e);
        }
        return new Tensor(
                name,
                datatype,
                shape,
                new ElementReader(json, label, datatype, shape, elements, bytesLeft, memory).read());
    }

    /** -1 without this parameter; unknown ones are skipped. */
    private static long binarySize(JsonParser json, String label) throws IOException {
        long size = -1;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return size;
            }
            throw new TensorFormatException(
                    label + ": parameters: expected an object, found " + ElementBuffer.found(json));
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String parameter = json.currentName();
            json.nextToken();
            switch (parameter) {
                case "binary_data_size" -> size = size(json, label);
                case "shared_memory_region" ->
                    throw new TensorFormatException(label + ": shared_memory_region is not supported");
                default -> json.skipChildren();
            }
        }
        return size;
    }

    private static long size(JsonParser json, String label) throws IOException {
        if (isWholeNumber(json) && json.getLongValue() >= 0) {
            return json.getLongValue();
        }
        throw new TensorFormatException(
                label + ": binary_data_size: expected a whole number of 0 or more, found " + ElementBuffer.found(json));
    }

    /** Whether it fits a long. */
    private static boolean isWholeNumber(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static String string(JsonParser json, String label, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new TensorFormatException(
                    label + ": " + field + ": expected a string, found " + ElementBuffer.found(json));
        }
        return json.getText();
    }

    private static Datatype datatype(JsonParser json, String label) throws IOException {
        String text = string(json, label, "datatype");
        return Datatype.named(text)
                .orElseThrow(() -> new TensorFormatException(label + ": datatype: expected one of "
                        + Arrays.toString(Datatype.values()) + ", found \"" + text + '"'));
    }

    private static long[] shape(JsonParser json, String label) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TensorFormatException(label + ": shape: expected an array, found " + ElementBuffer.found(json));
        }
        long[] shape = new long[Shape.MAX_RANK];
        int rank = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (rank == shape.length) {
                throw new TensorFormatException(label + ": shape: expected at most " + Shape.MAX_RANK + " dimensions");
            }
            if (!isWholeNumber(json) || json.getLongValue() < 0) {
                throw new TensorFormatException(
                        label + ": shape: expected whole numbers of 0 or more, found " + ElementBuffer.found(json));
            }
            shape[rank++] = json.getLongValue();
        }
        return Arrays.copyOf(shape, rank);
    }
}
