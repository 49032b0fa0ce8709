package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An example as a small document {@code {"inputs":[…],"outputs":[…]}}: the request of the Open Inference Protocol beside
 * the outputs of its reply, the form that golden cases have too. The same example gives the same bytes on every JDK.
 */
public final class ExampleJson {

    /** Where the jar holds them: {@code META-INF/ml/example/NAME.json}. */
    public static final String RESOURCES = "META-INF/ml/example/";

    /** A larger one documents nothing that a reader would read. */
    public static final int MAX_BYTES = 64 << 10;

    private ExampleJson() {}

    /** Writes it; empty when JSON cannot carry it or it would be too large. */
    public static Optional<byte[]> write(Example example) {
        if (rawBytes(example.inputs()) + rawBytes(example.outputs()) > MAX_BYTES * (long) Long.BYTES) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            json.writeStartObject();
            write(json, "inputs", example.inputs());
            write(json, "outputs", example.outputs());
            json.writeEndObject();
        } catch (TensorFormatException e) {
            // BYTES that are no text.
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("memory takes everything", e);
        }
        return Optional.of(out.toByteArray()).filter(bytes -> bytes.length <= MAX_BYTES);
    }

    /** Reads what {@link #write} has written. */
    public static Example read(byte[] document) throws TensorFormatException {
        return new Example(InferenceJson.tensors(document, "inputs"), InferenceJson.tensors(document, "outputs"));
    }

    private static void write(JsonGenerator json, String field, List<Tensor> tensors) throws IOException {
        json.writeArrayFieldStart(field);
        for (Tensor tensor : tensors) {
            TensorJson.write(json, tensor);
        }
        json.writeEndArray();
    }

    /** An element takes at least two characters of JSON and at most eight raw bytes, so much more cannot fit. */
    private static long rawBytes(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.data().remaining()).sum();
    }
}
