package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.BinaryElements;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.JsonBytes;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.NotPlainException;
import io.github.mlmaven.model.json.TensorBytes;
import io.github.mlmaven.model.json.TensorFormatException;
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

    /**
     * Writes {@code {"model_name":…,"model_version":…,"id":…,"outputs":[…]}}, and behind it what is to be in binary.
     *
     * @param memory holds the reply
     */
    public static EncodedReply write(InferenceReply reply, BinaryOutputs binary, ElementMemory memory)
            throws TensorFormatException {
        int expected = 256;
        for (Tensor output : reply.outputs()) {
            expected = Math.min(1 << 26, expected + TensorBytes.expected(output));
        }
        JsonBytes json = new JsonBytes(memory, expected);
        json.raw("{\"model_name\":")
                .text(reply.model())
                .raw(",\"model_version\":")
                .text(reply.version());
        if (reply.id().isPresent()) {
            json.raw(",\"id\":").text(reply.id().get());
        }
        String before = ",\"outputs\":[";
        for (Tensor output : reply.outputs()) {
            json.raw(before);
            before = ",";
            if (binary.contains(output.name())) {
                TensorBytes.writeBinary(json, output);
            } else {
                TensorBytes.write(json, output);
            }
        }
        json.raw(reply.outputs().isEmpty() ? ",\"outputs\":[]}" : "]}");
        OptionalInt jsonLength = OptionalInt.empty();
        for (Tensor output : reply.outputs()) {
            if (binary.contains(output.name())) {
                jsonLength = jsonLength.isPresent() ? jsonLength : OptionalInt.of(json.length());
                json.raw(output.data());
            }
        }
        return new EncodedReply(json.bytes(), jsonLength);
    }
}
