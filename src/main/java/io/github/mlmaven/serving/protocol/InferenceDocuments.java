package io.github.mlmaven.serving.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests and replies of inference in the Open Inference Protocol's JSON ("Inference" of its REST text). */
public final class InferenceDocuments {

    private InferenceDocuments() {}

    /** Reads {@code {"id":…,"inputs":[…],"outputs":[{"name":…}]}}; parameters and unknown fields are skipped. */
    public static InferenceRequest read(byte[] document) throws TensorFormatException {
        return read(JsonText.of(document), ElementMemory.HEAP);
    }

    /** The same, with the tensors' elements in memory of the caller's. */
    public static InferenceRequest read(JsonText document, ElementMemory memory) throws TensorFormatException {
        Optional<String> id = Optional.empty();
        Optional<List<Tensor>> inputs = Optional.empty();
        List<String> outputs = List.of();
        try (JsonParser json = document.parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new TensorFormatException("expected a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "id" -> id = Optional.of(text(json, "id"));
                    case "inputs" -> inputs = Optional.of(TensorJson.readAll(json, document, "input", memory));
                    case "outputs" -> outputs = outputs(json);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new TensorFormatException("expected nothing after the JSON object");
            }
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return new InferenceRequest(
                id, inputs.orElseThrow(() -> new TensorFormatException("the request has no \"inputs\"")), outputs);
    }

    /** Writes {@code {"model_name":…,"model_version":…,"id":…,"outputs":[…]}}. */
    public static byte[] write(InferenceReply reply) throws TensorFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model_name", reply.model());
            json.writeStringField("model_version", reply.version());
            if (reply.id().isPresent()) {
                json.writeStringField("id", reply.id().get());
            }
            json.writeFieldName("outputs");
            json.writeStartArray();
            for (Tensor output : reply.outputs()) {
                TensorJson.write(json, output);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return out.toByteArray();
    }

    private static List<String> outputs(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TensorFormatException("outputs: expected an array");
        }
        List<String> outputs = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new TensorFormatException("outputs[" + outputs.size() + "]: expected an object with a name");
            }
            Optional<String> name = Optional.empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isName = json.currentName().equals("name");
                json.nextToken();
                if (isName) {
                    name = Optional.of(text(json, "outputs[" + outputs.size() + "]: name"));
                } else {
                    json.skipChildren();
                }
            }
            String missing = "outputs[" + outputs.size() + "] has no name";
            outputs.add(name.orElseThrow(() -> new TensorFormatException(missing)));
        }
        return outputs;
    }

    private static String text(JsonParser json, String label) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new TensorFormatException(label + ": expected a string");
        }
        return json.getText();
    }
}
