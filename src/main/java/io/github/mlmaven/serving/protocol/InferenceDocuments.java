package io.github.mlmaven.serving.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.BinaryElements;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.NotPlainException;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.model.json.TensorJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Requests and replies of inference in the Open Inference Protocol over HTTP: JSON ("Inference" of its REST text), and
 * tensors in binary behind it ("Binary Tensor Data Extension").
 */
public final class InferenceDocuments {

    /** The header with the length of the JSON before binary tensors. */
    public static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private InferenceDocuments() {}

    /** Reads a request that is all JSON. */
    public static InferenceRequest read(byte[] document) throws TensorFormatException {
        return read(JsonText.of(document), ElementMemory.HEAP);
    }

    /** The same, with the tensors' elements in memory of the caller's. */
    public static InferenceRequest read(JsonText document, ElementMemory memory) throws TensorFormatException {
        return json(document, memory).request();
    }

    /** The same, with what it says about its reply. */
    public static OpenInferenceRequest json(JsonText document, ElementMemory memory) throws TensorFormatException {
        BinaryElements none = (label, datatype, shape, size) -> {
            throw new TensorFormatException(label + ": binary_data_size needs the header " + JSON_LENGTH);
        };
        try {
            return new RequestReader(memory, none).readPlain(document);
        } catch (NotPlainException e) {
            return new RequestReader(memory, none).read(document);
        }
    }

    /**
     * Reads a request that has the header {@link #JSON_LENGTH}.
     *
     * @param body what remains of it; binary inputs become views of it
     * @param jsonLength the header; with 0 all of the body is the model's one input
     * @param contract the model's
     */
    public static OpenInferenceRequest binary(
            ByteBuffer body, String jsonLength, Contract contract, ElementMemory memory) throws TensorFormatException {
        int json = jsonLength(jsonLength, body.remaining());
        if (json == 0) {
            return RawBinaryRequest.read(contract, body, memory);
        }
        BinaryTail tail = new BinaryTail(body.slice(body.position() + json, body.remaining() - json));
        OpenInferenceRequest request =
                new RequestReader(memory, tail).read(JsonText.of(body.slice(body.position(), json)));
        tail.end();
        return request;
    }

    private static int jsonLength(String header, int most) throws TensorFormatException {
        boolean digits = !header.isEmpty() && header.chars().allMatch(c -> c >= '0' && c <= '9');
        // Ten digits fit a long, and are more than any body.
        if (digits && header.length() <= 10 && Long.parseLong(header) <= most) {
            return Integer.parseInt(header);
        }
        throw new TensorFormatException(
                JSON_LENGTH + ": expected a number from 0 to the body's " + most + " bytes, found " + header);
    }

    /** Writes {@code {"model_name":…,"model_version":…,"id":…,"outputs":[…]}}. */
    public static byte[] write(InferenceReply reply) throws TensorFormatException {
        return write(reply, BinaryOutputs.NONE).body().array();
    }

    /** The same, with some outputs in binary. */
    public static EncodedReply write(InferenceReply reply, BinaryOutputs binary) throws TensorFormatException {
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
                if (binary.contains(output.name())) {
                    TensorJson.writeBinary(json, output);
                } else {
                    TensorJson.write(json, output);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        OptionalInt jsonLength = OptionalInt.empty();
        int length = out.size();
        for (Tensor output : reply.outputs()) {
            if (binary.contains(output.name())) {
                jsonLength = OptionalInt.of(length);
                ByteBuffer data = output.data();
                byte[] copy = new byte[data.remaining()];
                data.get(copy);
                out.writeBytes(copy);
            }
        }
        return new EncodedReply(ByteBuffer.wrap(out.toByteArray()), jsonLength);
    }
}
