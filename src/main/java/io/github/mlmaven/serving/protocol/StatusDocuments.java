package io.github.mlmaven.serving.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.json.ContractJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What the Open Inference Protocol's JSON says of the server and its models ("Health", "Server Metadata", …). */
public final class StatusDocuments {

    private static final JsonFactory JSON = new JsonFactory();

    private StatusDocuments() {}

    /** {@code {"name":…,"version":…,"extensions":[…]}}. */
    public static byte[] server(String name, String version, List<String> extensions) {
        return document(json -> {
            json.writeStringField("name", name);
            json.writeStringField("version", version);
            writeStrings(json, "extensions", extensions);
        });
    }

    /** {@code {"models":[NAME,…]}}, KServe's addition. */
    public static byte[] models(List<String> names) {
        return document(json -> writeStrings(json, "models", names));
    }

    /** {@code {"name":…,"versions":[…],"platform":…,"inputs":[…],"outputs":[…]}}. */
    public static byte[] model(ModelDescriptor model, List<String> versions, String platform) {
        return document(json -> {
            json.writeStringField("name", model.name());
            writeStrings(json, "versions", versions);
            json.writeStringField("platform", platform);
            ContractJson.writeSpecs(json, model.contract(), StatusDocuments::writeShape);
        });
    }

    /** {@code {FIELD:true}} or {@code {FIELD:false}}. */
    public static byte[] flag(String field, boolean value) {
        return document(json -> json.writeBooleanField(field, value));
    }

    /** {@code {"name":…,"ready":…}}. */
    public static byte[] modelReady(String name, boolean ready) {
        return document(json -> {
            json.writeStringField("name", name);
            json.writeBooleanField("ready", ready);
        });
    }

    /** {@code {"error":…}}. */
    public static byte[] error(String message) {
        return document(json -> json.writeStringField("error", message));
    }

    private static void writeStrings(JsonGenerator json, String field, List<String> strings) throws IOException {
        json.writeFieldName(field);
        json.writeStartArray();
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private static void writeShape(JsonGenerator json, Shape shape) throws IOException {
        long[] wire = shape.wire();
        json.writeArray(wire, 0, wire.length);
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] document(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
