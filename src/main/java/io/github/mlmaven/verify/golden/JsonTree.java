package io.github.mlmaven.verify.golden;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small JSON document in memory; the parser's limit on nesting bounds every recursion. */
sealed interface JsonTree {

    /** A number, text, boolean or null, as it was written. */
    record Leaf(JsonToken token, String text) implements JsonTree {}

    /** An array. */
    record Many(List<JsonTree> elements) implements JsonTree {}

    /** An object. */
    record Fields(Map<String, JsonTree> fields) implements JsonTree {}

    /** Reads a whole document, whose size the caller has bounded. */
    static JsonTree read(byte[] document) throws TensorFormatException {
        try (JsonParser json = JsonText.of(document).parser()) {
            if (json.nextToken() == null) {
                throw new TensorFormatException("an empty document");
            }
            JsonTree tree = read(json);
            if (json.nextToken() != null) {
                throw new TensorFormatException("something after the JSON value");
            }
            return tree;
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
    }

    private static JsonTree read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<JsonTree> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(read(json));
            }
            return new Many(elements);
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return new Leaf(json.currentToken(), json.getText());
        }
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (fields.put(name, read(json)) != null) {
                throw new TensorFormatException(name + " is given twice");
            }
        }
        return new Fields(fields);
    }

    /** Writes the values of an array in any depth, and a value alone as one, into an array without depth. */
    default void writeFlat(JsonGenerator json) throws IOException {
        if (this instanceof Many many) {
            for (JsonTree element : many.elements()) {
                element.writeFlat(json);
            }
        } else if (this instanceof Leaf leaf) {
            switch (leaf.token()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.writeNumber(leaf.text());
                case VALUE_TRUE -> json.writeBoolean(true);
                case VALUE_FALSE -> json.writeBoolean(false);
                case VALUE_NULL -> json.writeNull();
                default -> json.writeString(leaf.text());
            }
        } else {
            throw new TensorFormatException("an object where a number, a text or a list belongs");
        }
    }

    /** The lengths of nested arrays, outermost first; each level must have one length. */
    default List<Integer> shape() throws TensorFormatException {
        List<Integer> shape = new ArrayList<>();
        JsonTree first = this;
        while (first instanceof Many many) {
            shape.add(many.elements().size());
            if (many.elements().isEmpty()) {
                break;
            }
            first = many.elements().get(0);
        }
        requireShape(shape, 0);
        return shape;
    }

    private void requireShape(List<Integer> shape, int level) throws TensorFormatException {
        int length = this instanceof Many many ? many.elements().size() : -1;
        int expected = level < shape.size() ? shape.get(level) : -1;
        if (length != expected) {
            throw new TensorFormatException("lists of different lengths at depth " + (level + 1));
        }
        if (this instanceof Many many) {
            for (JsonTree element : many.elements()) {
                element.requireShape(shape, level + 1);
            }
        }
    }
}
