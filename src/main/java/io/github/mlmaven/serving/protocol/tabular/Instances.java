package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as TensorFlow Serving's REST API writes them: instance by instance, or input by input. */
final class Instances {

    private final JsonText document;
    private final List<InputBuilder> inputs;
    private final Map<String, InputBuilder> byName = new HashMap<>();
    private final String expected;

    /** @param document to look ahead in */
    Instances(JsonText document, List<InputBuilder> inputs) {
        this.document = document;
        this.inputs = inputs;
        inputs.forEach(input -> byName.put(input.spec().name(), input));
        this.expected = inputs.stream().map(input -> input.spec().toString()).collect(Collectors.joining(", "));
    }

    /** Reads {@code [INSTANCE,…]}: the value of the only input, or {@code {INPUT:VALUE}}. */
    List<Tensor> rows(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TensorFormatException("instances: expected an array, found " + ElementBuffer.found(json));
        }
        int row = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; row++) {
            try {
                if (isNamed(json)) {
                    namedRow(json, row);
                } else {
                    only(json).row(json);
                }
            } catch (TensorFormatException e) {
                throw new TensorFormatException("instances[" + row + "]: " + e.getMessage(), e);
            }
        }
        if (row == 0) {
            throw new TensorFormatException("instances: expected at least one, found none");
        }
        return build();
    }

    /** Reads the value of the only input, or {@code {INPUT:VALUE}}, with all rows in it. */
    List<Tensor> columns(JsonParser json) throws IOException {
        try {
            if (isNamed(json)) {
                List<String> given = new ArrayList<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    InputBuilder input = named(json.currentName());
                    if (given.contains(json.currentName())) {
                        throw givenTwice(input);
                    }
                    given.add(json.currentName());
                    json.nextToken();
                    input.tensor(json);
                }
                if (given.size() < inputs.size()) {
                    throw missing(inputs.stream()
                            .filter(input -> !given.contains(input.spec().name()))
                            .toList());
                }
            } else {
                only(json).tensor(json);
            }
        } catch (TensorFormatException e) {
            throw new TensorFormatException("inputs: " + e.getMessage(), e);
        }
        return build();
    }

    private void namedRow(JsonParser json, int row) throws IOException {
        int given = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            InputBuilder input = named(json.currentName());
            if (input.rows() > row) {
                throw givenTwice(input);
            }
            json.nextToken();
            input.row(json);
            given++;
        }
        if (given < inputs.size()) {
            throw missing(inputs.stream().filter(input -> input.rows() == row).toList());
        }
    }

    /** Whether the parser stands at {@code {INPUT:VALUE}}; {@code {"b64":…}} is a value of the only input. */
    private boolean isNamed(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        if (inputs.size() != 1 || inputs.get(0).spec().datatype() != Datatype.BYTES || byName.containsKey("b64")) {
            return true;
        }
        try (JsonParser ahead =
                document.parserAt((int) json.currentTokenLocation().getByteOffset())) {
            ahead.nextToken();
            return ahead.nextToken() != JsonToken.FIELD_NAME
                    || !ahead.currentName().equals("b64");
        }
    }

    private InputBuilder only(JsonParser json) throws IOException {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        throw new TensorFormatException("expected an object with " + expected + ", found " + ElementBuffer.found(json));
    }

    private InputBuilder named(String name) throws TensorFormatException {
        InputBuilder input = byName.get(name);
        if (input == null) {
            throw new TensorFormatException(
                    "unknown input " + ElementBuffer.shortened(name) + ": expected " + expected);
        }
        return input;
    }

    private static TensorFormatException givenTwice(InputBuilder input) {
        return new TensorFormatException("input " + input.spec().name() + " is given twice");
    }

    private static TensorFormatException missing(List<InputBuilder> inputs) {
        return new TensorFormatException("missing input "
                + inputs.stream().map(input -> input.spec().toString()).collect(Collectors.joining(", ")));
    }

    private List<Tensor> build() throws TensorFormatException {
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        for (InputBuilder input : inputs) {
            tensors.add(input.build());
        }
        return tensors;
    }
}
