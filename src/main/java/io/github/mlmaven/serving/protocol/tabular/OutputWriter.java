package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes one output nested as its shape, all at once or row by row. */
final class OutputWriter {

    private final String name;
    private final Datatype datatype;
    private final long[] shape;
    private final ByteBuffer data;
    private final int end;

    OutputWriter(Tensor output) {
        this.name = output.name();
        this.datatype = output.datatype();
        this.shape = output.shape();
        this.data = output.data();
        this.end = data.limit();
    }

    String name() {
        return name;
    }

    /** Writes all of it. */
    void tensor(JsonGenerator json) throws IOException {
        value(json, 0);
    }

    /** Writes the next of the first dimension. */
    void row(JsonGenerator json) throws IOException {
        value(json, 1);
    }

    private void value(JsonGenerator json, int dimension) throws IOException {
        if (dimension == shape.length) {
            elements(json, 1);
            return;
        }
        json.writeStartArray();
        if (dimension == shape.length - 1) {
            elements(json, shape[dimension]);
        } else {
            for (long i = 0; i < shape[dimension]; i++) {
                value(json, dimension + 1);
            }
        }
        json.writeEndArray();
    }

    private void elements(JsonGenerator json, long count) throws IOException {
        if (datatype == Datatype.BYTES) {
            for (long i = 0; i < count; i++) {
                string(json);
            }
        } else {
            data.limit(data.position() + (int) (count * datatype.size()));
            ElementWriter.write(json, name, datatype, data);
            data.limit(end);
        }
    }

    /** What is not UTF-8 goes as TensorFlow Serving writes it, {@code {"b64":"…"}}. */
    private void string(JsonGenerator json) throws IOException {
        int length = data.getInt();
        ByteBuffer bytes = data.slice(data.position(), length);
        data.position(data.position() + length);
        try {
            json.writeString(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString());
        } catch (CharacterCodingException e) {
            byte[] copy = new byte[length];
            bytes.get(copy);
            json.writeStartObject();
            json.writeBinaryField("b64", copy);
            json.writeEndObject();
        }
    }
}
