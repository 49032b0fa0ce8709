package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whole documents of the Open Inference Protocol, as golden cases and the smoke test read and write them. */
public final class InferenceJson {

    private InferenceJson() {}

    /**
     * Reads the tensors of a request, a reply or a golden case.
     *
     * @param document JSON in UTF-8
     * @param field {@code inputs} or {@code outputs}
     * @throws TensorFormatException when it is not JSON, has no such field, or a tensor is not what it should be
     */
    public static List<Tensor> tensors(byte[] document, String field) throws TensorFormatException {
        return tensorsIfPresent(document, field)
                .orElseThrow(() -> new TensorFormatException("the document has no \"" + field + '"'));
    }

    /** The same, empty when it has no such field. */
    public static Optional<List<Tensor>> tensorsIfPresent(byte[] document, String field) throws TensorFormatException {
        JsonText text = JsonText.of(document);
        Optional<List<Tensor>> tensors = Optional.empty();
        try (JsonParser json = text.parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new TensorFormatException("expected a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(field);
                json.nextToken();
                if (wanted) {
                    tensors = Optional.of(
                            TensorJson.readAll(json, text, field.substring(0, field.length() - 1), ElementMemory.HEAP));
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new TensorFormatException("expected nothing after the JSON object");
            }
        } catch (IOException e) {
            throw asFormat(e);
        }
        return tensors;
    }

    /** Writes an inference request: {@code {"inputs":[…]}}. */
    public static byte[] request(List<Tensor> inputs) throws TensorFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            json.writeStartObject();
            json.writeFieldName("inputs");
            json.writeStartArray();
            for (Tensor input : inputs) {
                TensorJson.write(json, input);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw asFormat(e);
        }
        return out.toByteArray();
    }

    /** What went wrong with a document in memory, where nothing else can: in the parser's words, with line and column. */
    public static TensorFormatException asFormat(IOException e) {
        if (e instanceof TensorFormatException format) {
            return format;
        }
        if (e instanceof StreamConstraintsException limit) {
            // It names the parser's method that would raise the limit, which is for nobody who sends a request.
            return new TensorFormatException(
                    "JSON beyond a limit: " + limit.getOriginalMessage().replaceAll(", from `[^`]*`", ""), e);
        }
        if (e instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
            return new TensorFormatException(
                    "not JSON, at line " + syntax.getLocation().getLineNr() + ", column "
                            + syntax.getLocation().getColumnNr() + ": "
                            + syntax.getOriginalMessage().replaceAll(" \\([^(]*\\[Source: .*", ""),
                    e);
        }
        return new TensorFormatException("not JSON: " + e.getMessage(), e);
    }
}
