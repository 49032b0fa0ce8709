package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonBytes;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Replies as {@code {"predictions":…}}, with nested arrays and without datatypes. */
public final class Predictions {

    private Predictions() {}

    /**
     * Writes row by row: one output is its array; several are an object for each row, or, when an output does not have
     * a row for each of the request's, one object of whole outputs.
     *
     * @param rows of the request
     * @param memory holds the reply
     */
    public static ByteBuffer rows(List<Tensor> outputs, long rows, ElementMemory memory) throws TensorFormatException {
        return document("predictions", memory, json -> {
            if (outputs.size() > 1 && outputs.stream().allMatch(output -> hasRows(output, rows))) {
                objects(json, outputs, rows);
            } else {
                whole(json, outputs);
            }
        });
    }

    /** Writes whole outputs: one is its array; several are an object of arrays. */
    public static ByteBuffer columns(List<Tensor> outputs, ElementMemory memory) throws TensorFormatException {
        return document("outputs", memory, json -> whole(json, outputs));
    }

    private static boolean hasRows(Tensor output, long rows) {
        long[] shape = output.shape();
        return shape.length > 0 && shape[0] == rows;
    }

    private static void objects(JsonGenerator json, List<Tensor> outputs, long rows) throws IOException {
        List<OutputWriter> writers = new ArrayList<>(outputs.size());
        outputs.forEach(output -> writers.add(new OutputWriter(output)));
        json.writeStartArray();
        for (long row = 0; row < rows; row++) {
            json.writeStartObject();
            for (OutputWriter writer : writers) {
                json.writeFieldName(writer.name());
                writer.row(json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void whole(JsonGenerator json, List<Tensor> outputs) throws IOException {
        if (outputs.size() == 1) {
            new OutputWriter(outputs.get(0)).tensor(json);
            return;
        }
        json.writeStartObject();
        for (Tensor output : outputs) {
            json.writeFieldName(output.name());
            new OutputWriter(output).tensor(json);
        }
        json.writeEndObject();
    }

    private interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    private static ByteBuffer document(String field, ElementMemory memory, Value value) throws TensorFormatException {
        JsonBytes out = new JsonBytes(memory, 512);
        try (JsonGenerator json = TensorJson.factory().createGenerator(out.stream())) {
            json.writeStartObject();
            json.writeFieldName(field);
            value.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return out.bytes();
    }
}
