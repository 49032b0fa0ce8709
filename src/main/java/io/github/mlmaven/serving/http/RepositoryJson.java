package io.github.mlmaven.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import io.github.mlmaven.serving.inference.LoadableModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The documents of Triton's model repository extension ({@code docs/protocol/extension_model_repository.md}). */
final class RepositoryJson {

    private RepositoryJson() {}

    /** {@code [{"name":…,"version":…,"state":…,"reason":…},…]}. */
    static byte[] index(List<LoadableModels.Entry> entries) {
        return document(json -> {
            json.writeStartArray();
            for (LoadableModels.Entry entry : entries) {
                write(json, entry);
            }
            json.writeEndArray();
        });
    }

    /** One element of the index. */
    static byte[] entry(LoadableModels.Entry entry) {
        return document(json -> write(json, entry));
    }

    /** {@code {}}. */
    static byte[] nothing() {
        return document(json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    /** What {@code {"ready":true}} says; false without it, or without a body. */
    static boolean ready(byte[] body) throws TensorFormatException {
        boolean[] ready = {false};
        read(body, (json, field) -> {
            if (!field.equals("ready")) {
                throw new TensorFormatException("expected ready alone, found " + field);
            }
            if (!json.currentToken().isBoolean()) {
                throw new TensorFormatException("ready: expected true or false, found " + TensorJson.found(json));
            }
            ready[0] = json.getBooleanValue();
        });
        return ready[0];
    }

    /**
     * What {@code {"parameters":{"version":"1.4.0"}}} says; empty without it, or without a body. Of Triton's own
     * parameters, {@code config} and {@code file:…} would have a model served that no build has verified.
     */
    static String version(byte[] body) throws TensorFormatException {
        String[] version = {""};
        read(body, (json, field) -> {
            if (!field.equals("parameters")) {
                throw new TensorFormatException("expected parameters alone, found " + field);
            }
            fields(json, "parameters: ", (inner, parameter) -> {
                if (!parameter.equals("version")) {
                    throw new TensorFormatException("parameters: expected version alone, found " + parameter);
                }
                if (inner.currentToken() != JsonToken.VALUE_STRING) {
                    throw new TensorFormatException(
                            "parameters: version: expected a string, found " + TensorJson.found(inner));
                }
                version[0] = inner.getText();
            });
        });
        return version[0];
    }

    private interface Field {
        void read(JsonParser json, String field) throws IOException;
    }

    private static void read(byte[] body, Field each) throws TensorFormatException {
        if (body.length == 0) {
            return;
        }
        try (JsonParser json = TensorJson.factory().createParser(body)) {
            json.nextToken();
            fields(json, "", each);
            if (json.nextToken() != null) {
                throw new TensorFormatException("expected nothing after the JSON object");
            }
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
    }

    private static void fields(JsonParser json, String label, Field each) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TensorFormatException(label + "expected a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            each.read(json, field);
        }
    }

    private static void write(JsonGenerator json, LoadableModels.Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        json.writeStringField("version", entry.version());
        json.writeStringField("state", entry.state());
        json.writeStringField("reason", entry.reason());
        json.writeEndObject();
    }

    private interface Document {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] document(Document document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            document.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
