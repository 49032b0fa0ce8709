package io.github.mlmaven.model.json;

import static io.github.mlmaven.model.json.ContractJson.expect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code META-INF/ml/models.json}: {@code {"descriptorVersion":1,"models":[…]}}, indented, with LF. */
public final class DescriptorJson {

    /** Where the jar and the image's class path hold the descriptor. */
    public static final String RESOURCE = "META-INF/ml/models.json";

    /** Where the jar holds the models: {@code META-INF/ml/model/NAME/VERSION/PATH}. */
    public static final String MODEL_RESOURCES = "META-INF/ml/model/";

    /** The descriptor of one version, beside its files: with it the version's folder can be put into a model repository. */
    public static final String VERSION_FILE = "ml-model.json";

    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private DescriptorJson() {}

    /** Writes the descriptor; leaves the stream open. */
    public static void write(OutputStream out, List<ModelDescriptor> models) throws IOException {
        DefaultIndenter lf = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lf);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            json.writeNumberField("descriptorVersion", VERSION);
            json.writeFieldName("models");
            json.writeStartArray();
            for (ModelDescriptor model : models) {
                write(json, model);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write("\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a descriptor. */
    public static List<ModelDescriptor> read(InputStream in) throws IOException {
        try (JsonParser json = JSON.createParser(in)) {
            json.nextToken();
            expect(json, JsonToken.START_OBJECT);
            List<ModelDescriptor> models = new ArrayList<>();
            boolean versioned = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "descriptorVersion" -> {
                        if (json.getIntValue() != VERSION) {
                            throw new JsonParseException(
                                    json, "descriptorVersion " + VERSION + " expected, found " + json.getText());
                        }
                        versioned = true;
                    }
                    case "models" -> {
                        expect(json, JsonToken.START_ARRAY);
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            models.add(readModel(json));
                        }
                    }
                    default -> throw new JsonParseException(json, "unknown field of a descriptor: " + field);
                }
            }
            if (!versioned || models.isEmpty()) {
                throw new JsonParseException(json, "a descriptor has descriptorVersion and models");
            }
            return models;
        }
    }

    private static void write(JsonGenerator json, ModelDescriptor model) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model.name());
        json.writeStringField("version", model.version());
        json.writeStringField("format", model.format().id());
        json.writeFieldName("files");
        json.writeStartArray();
        for (ModelFile file : model.files()) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeNumberField("size", file.size());
            json.writeStringField("digest", file.digest().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("contract");
        ContractJson.write(json, model.contract());
        json.writeEndObject();
    }

    private static ModelDescriptor readModel(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        @Nullable String name = null;
        @Nullable String version = null;
        @Nullable ModelFormat format = null;
        @Nullable Contract contract = null;
        List<ModelFile> files = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = json.getText();
                case "version" -> version = json.getText();
                case "format" -> format = ModelFormat.of(json.getText());
                case "contract" -> contract = ContractJson.read(json);
                case "files" -> {
                    expect(json, JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        files.add(readFile(json));
                    }
                }
                default -> throw new JsonParseException(json, "unknown field of a model: " + field);
            }
        }
        if (name == null || version == null || format == null || contract == null) {
            throw new JsonParseException(json, "a model has name, version, format, files and contract");
        }
        return new ModelDescriptor(name, version, format, files, contract);
    }

    private static ModelFile readFile(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        @Nullable String path = null;
        @Nullable Digest digest = null;
        long size = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "path" -> path = json.getText();
                case "size" -> size = json.getLongValue();
                case "digest" -> digest = Digest.parse(json.getText());
                default -> throw new JsonParseException(json, "unknown field of a file: " + field);
            }
        }
        if (path == null || digest == null) {
            throw new JsonParseException(json, "a file has path, size and digest");
        }
        return new ModelFile(path, size, digest);
    }
}
