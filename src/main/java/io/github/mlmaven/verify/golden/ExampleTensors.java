package io.github.mlmaven.verify.golden;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the forms in which MLflow saves an input example into a model's tensors (MLflow, "Input examples": data frames
 * with {@code columns} and {@code data}, arrays and dictionaries of them under {@code inputs}, anything else as it is).
 * Strict: whatever could mean two things is refused.
 */
final class ExampleTensors {

    private final Contract contract;

    ExampleTensors(Contract contract) {
        this.contract = contract;
    }

    List<Tensor> read(JsonTree example) throws TensorFormatException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(document)) {
            json.writeStartObject();
            json.writeArrayFieldStart("inputs");
            for (Map.Entry<String, JsonTree> value : byInput(example).entrySet()) {
                TensorSpec spec = contract.input(value.getKey())
                        .orElseThrow(() -> new TensorFormatException("\"" + value.getKey() + "\", which is no input"));
                write(json, spec, value.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        // One reader knows the ranges of datatypes and how texts become BYTES.
        return InferenceJson.tensors(document.toByteArray(), "inputs");
    }

    private Map<String, JsonTree> byInput(JsonTree example) throws TensorFormatException {
        if (!(example instanceof JsonTree.Fields object)) {
            return all(example);
        }
        Map<String, JsonTree> fields = object.fields();
        if (fields.get("dataframe_split") instanceof JsonTree.Fields frame) {
            return frame(frame.fields());
        }
        if (fields.get("columns") instanceof JsonTree.Many && fields.get("data") instanceof JsonTree.Many) {
            return frame(fields);
        }
        for (String wrapper : List.of("inputs", "instances")) {
            JsonTree wrapped = fields.get(wrapper);
            if (wrapped != null && fields.size() == 1) {
                return wrapped instanceof JsonTree.Fields named ? named.fields() : all(wrapped);
            }
        }
        return fields;
    }

    private Map<String, JsonTree> all(JsonTree value) throws TensorFormatException {
        if (contract.inputs().size() != 1) {
            throw new TensorFormatException(
                    "one value without a name for the " + contract.inputs().size() + " inputs of the model");
        }
        return Map.of(contract.inputs().get(0).name(), value);
    }

    /** Columns are inputs by their names; or all of them together are the one input that the model has. */
    private Map<String, JsonTree> frame(Map<String, JsonTree> frame) throws TensorFormatException {
        List<String> columns = columns(frame.get("columns"));
        if (!(frame.get("data") instanceof JsonTree.Many rows)) {
            throw new TensorFormatException("a data frame without data");
        }
        for (JsonTree row : rows.elements()) {
            if (!(row instanceof JsonTree.Many values) || values.elements().size() != columns.size()) {
                throw new TensorFormatException("a row that has not " + columns.size() + " values");
            }
        }
        boolean named = contract.inputs().stream().allMatch(input -> columns.contains(input.name()));
        if (!named) {
            return all(rows);
        }
        Map<String, JsonTree> byName = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            byName.put(columns.get(i), column(rows, i));
        }
        return byName;
    }

    private static JsonTree column(JsonTree.Many rows, int index) {
        List<JsonTree> cells = new ArrayList<>();
        for (JsonTree row : rows.elements()) {
            if (row instanceof JsonTree.Many values) {
                cells.add(values.elements().get(index));
            }
        }
        return new JsonTree.Many(cells);
    }

    private static List<String> columns(@Nullable JsonTree tree) throws TensorFormatException {
        List<String> columns = new ArrayList<>();
        for (JsonTree column : tree instanceof JsonTree.Many many ? many.elements() : List.<JsonTree>of()) {
            // Frames without names have the numbers 0, 1, …
            String name = column instanceof JsonTree.Leaf leaf ? leaf.text() : "";
            if (name.isEmpty() || columns.contains(name)) {
                throw new TensorFormatException("columns without names of their own");
            }
            columns.add(name);
        }
        return columns;
    }

    private static void write(JsonGenerator json, TensorSpec spec, JsonTree value) throws IOException {
        List<Integer> shape = new ArrayList<>(value.shape());
        // A column has one dimension and a value alone has none, where the model may ask for a table of one column.
        while (shape.size() < spec.shape().rank() && shape.size() < 2) {
            shape.add(1);
        }
        json.writeStartObject();
        json.writeStringField("name", spec.name());
        json.writeStringField("datatype", spec.datatype().name());
        json.writeArrayFieldStart("shape");
        for (int size : shape) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data");
        value.writeFlat(json);
        json.writeEndArray();
        json.writeEndObject();
    }
}
