package io.github.mlmaven.serving.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.BinaryElements;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.NotPlainException;
import io.github.mlmaven.model.json.PlainCursor;
import io.github.mlmaven.model.json.PlainTensors;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a request's JSON, {@code {"id":…,"parameters":{…},"inputs":[…],"outputs":[{"name":…,"parameters":{…}}]}};
 * unknown fields and parameters are skipped.
 */
final class RequestReader {

    private final ElementMemory memory;
    private final BinaryElements elements;
    private Optional<String> id = Optional.empty();
    private Optional<List<Tensor>> inputs = Optional.empty();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Boolean> binary = new HashMap<>();
    private boolean binaryByDefault;

    RequestReader(ElementMemory memory, BinaryElements elements) {
        this.memory = memory;
        this.elements = elements;
    }

    /** The same for what is plain, several times as fast; of everything else it can say nothing. */
    OpenInferenceRequest readPlain(JsonText document) throws NotPlainException {
        PlainCursor cursor = new PlainCursor(document);
        cursor.take('{');
        do {
            String field = cursor.key();
            if (!field.equals("inputs")) {
                part(cursor.value(), field);
            } else if (inputs.isEmpty()) {
                inputs = Optional.of(PlainTensors.readAll(cursor, memory));
            } else {
                throw new NotPlainException();
            }
        } while (cursor.more('}'));
        cursor.end();
        return request(inputs.orElseThrow(NotPlainException::new));
    }

    private void part(JsonText value, String field) throws NotPlainException {
        try (JsonParser json = value.parser()) {
            value.requireUtf8();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                field(json, value, field);
            }
            if (json.nextToken() == null) {
                return;
            }
        } catch (IOException e) {
            // To be told with its place in the whole document.
        }
        throw new NotPlainException();
    }

    OpenInferenceRequest read(JsonText document) throws TensorFormatException {
        document.requireUtf8();
        try (JsonParser json = document.parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new TensorFormatException("expected a JSON object, found "
                        + (json.currentToken() == null ? "nothing" : TensorJson.found(json)));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_NULL || field.equals("inputs")) {
                    field(json, document, field);
                }
            }
            if (json.nextToken() != null) {
                throw new TensorFormatException("expected nothing after the JSON object");
            }
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return request(inputs.orElseThrow(() -> new TensorFormatException("the request has no \"inputs\"")));
    }

    private OpenInferenceRequest request(List<Tensor> tensors) {
        return new OpenInferenceRequest(
                new InferenceRequest(id, tensors, outputs), new BinaryOutputs(binaryByDefault, binary));
    }

    private void field(JsonParser json, JsonText document, String field) throws IOException {
        switch (field) {
            case "id" -> id = Optional.of(text(json, "id"));
            case "parameters" -> parameters(json);
            case "inputs" -> {
                if (inputs.isPresent()) {
                    throw new TensorFormatException("inputs are given twice");
                }
                inputs = Optional.of(TensorJson.readAll(json, document, "input", memory, elements));
            }
            case "outputs" -> outputs(json);
            default -> json.skipChildren();
        }
    }

    private void parameters(JsonParser json) throws IOException {
        expectObject(json, "parameters");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String parameter = json.currentName();
            json.nextToken();
            if (parameter.equals("binary_data_output")) {
                binaryByDefault = bool(json, "parameters: binary_data_output");
            } else {
                json.skipChildren();
            }
        }
    }

    private void outputs(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TensorFormatException("outputs: expected an array, found " + TensorJson.found(json));
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            output(json, "outputs[" + outputs.size() + "]");
        }
    }

    private void output(JsonParser json, String label) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TensorFormatException(
                    label + ": expected an object with a name, found " + TensorJson.found(json));
        }
        Optional<String> name = Optional.empty();
        Optional<Boolean> inBinary = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = Optional.of(text(json, label + ": name"));
                case "parameters" -> inBinary = outputParameters(json, label);
                default -> json.skipChildren();
            }
        }
        String named = name.orElseThrow(() -> new TensorFormatException(label + " has no name"));
        outputs.add(named);
        inBinary.ifPresent(is -> binary.put(named, is));
    }

    private static Optional<Boolean> outputParameters(JsonParser json, String label) throws IOException {
        Optional<Boolean> inBinary = Optional.empty();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return inBinary;
        }
        expectObject(json, label + ": parameters");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String parameter = json.currentName();
            json.nextToken();
            switch (parameter) {
                case "binary_data" -> inBinary = Optional.of(bool(json, label + ": binary_data"));
                case "classification", "shared_memory_region" ->
                    throw new TensorFormatException(label + ": " + parameter + " is not supported");
                default -> json.skipChildren();
            }
        }
        return inBinary;
    }

    private static void expectObject(JsonParser json, String label) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TensorFormatException(label + ": expected an object, found " + TensorJson.found(json));
        }
    }

    private static boolean bool(JsonParser json, String label) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                throw new TensorFormatException(label + ": expected true or false, found " + TensorJson.found(json));
        };
    }

    private static String text(JsonParser json, String label) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new TensorFormatException(label + ": expected a string, found " + TensorJson.found(json));
        }
        return json.getText();
    }
}
