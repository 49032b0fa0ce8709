package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contract as JSON: {@code {"inputs":[{"name":"x","datatype":"FP32","shape":["N",28]}],"outputs":[…]}}; a fixed
 * dimension is a number, a symbolic one its name, an unnamed one the empty string.
 */
public final class ContractJson {

    private ContractJson() {}

    /** Writes a contract as one object. */
    public static void write(JsonGenerator json, Contract contract) throws IOException {
        json.writeStartObject();
        writeSpecs(json, contract, ContractJson::writeShape);
        json.writeEndObject();
    }

    /** Writes the fields {@code inputs} and {@code outputs} of the object that the generator is in. */
    public static void writeSpecs(JsonGenerator json, Contract contract, ShapeWriter shapes) throws IOException {
        writeSpecs(json, "inputs", contract.inputs(), shapes);
        writeSpecs(json, "outputs", contract.outputs(), shapes);
    }

    /** How a document writes dimensions that are not fixed. */
    public interface ShapeWriter {
        /** Writes the shape as one array. */
        void write(JsonGenerator json, Shape shape) throws IOException;
    }

    /** Reads a contract; the parser stands at its START_OBJECT and is left at its END_OBJECT. */
    public static Contract read(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        @Nullable List<TensorSpec> inputs = null;
        @Nullable List<TensorSpec> outputs = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "inputs" -> inputs = readSpecs(json);
                case "outputs" -> outputs = readSpecs(json);
                default -> throw new JsonParseException(json, "unknown field of a contract: " + field);
            }
        }
        if (inputs == null || outputs == null) {
            throw new JsonParseException(json, "a contract has inputs and outputs");
        }
        return new Contract(inputs, outputs);
    }

    private static void writeSpecs(JsonGenerator json, String field, List<TensorSpec> specs, ShapeWriter shapes)
            throws IOException {
        json.writeFieldName(field);
        json.writeStartArray();
        for (TensorSpec spec : specs) {
            json.writeStartObject();
            json.writeStringField("name", spec.name());
            json.writeStringField("datatype", spec.datatype().name());
            json.writeFieldName("shape");
            shapes.write(json, spec.shape());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeShape(JsonGenerator json, Shape shape) throws IOException {
        json.writeStartArray();
        for (Dimension dimension : shape.dimensions()) {
            if (dimension instanceof Dimension.Symbolic symbolic) {
                json.writeString(symbolic.name());
            } else {
                json.writeNumber(dimension.wireSize());
            }
        }
        json.writeEndArray();
    }

    private static List<TensorSpec> readSpecs(JsonParser json) throws IOException {
        expect(json, JsonToken.START_ARRAY);
        List<TensorSpec> specs = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            specs.add(readSpec(json));
        }
        return specs;
    }

    private static TensorSpec readSpec(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        @Nullable String name = null;
        @Nullable Datatype datatype = null;
        @Nullable Shape shape = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> {
                    expect(json, JsonToken.VALUE_STRING);
                    name = json.getText();
                }
                case "datatype" -> {
                    expect(json, JsonToken.VALUE_STRING);
                    String text = json.getText();
                    datatype = Datatype.named(text)
                            .orElseThrow(() -> new JsonParseException(json, "unknown datatype: " + text));
                }
                case "shape" -> shape = readShape(json);
                default -> throw new JsonParseException(json, "unknown field of a tensor: " + field);
            }
        }
        if (name == null || datatype == null || shape == null) {
            throw new JsonParseException(json, "a tensor has name, datatype and shape");
        }
        return new TensorSpec(name, datatype, shape);
    }

    private static Shape readShape(JsonParser json) throws IOException {
        expect(json, JsonToken.START_ARRAY);
        List<Dimension> dimensions = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (dimensions.size() == Shape.MAX_RANK) {
                throw new JsonParseException(json, "a shape has at most " + Shape.MAX_RANK + " dimensions");
            }
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                dimensions.add(new Dimension.Symbolic(json.getText()));
            } else {
                expect(json, JsonToken.VALUE_NUMBER_INT);
                long size = json.getLongValue();
                if (size < 0) {
                    throw new JsonParseException(json, "a fixed dimension is zero or more: " + size);
                }
                dimensions.add(new Dimension.Fixed(size));
            }
        }
        return new Shape(dimensions);
    }

    static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new JsonParseException(json, "expected " + token + ", found " + json.currentToken());
        }
    }
}
