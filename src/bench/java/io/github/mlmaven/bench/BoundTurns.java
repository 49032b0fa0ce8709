package io.github.mlmaven.bench;

import ai.onnxruntime.OrtException;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.protocol.BinaryOutputs;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One thread's turns with one request. It is read and its reply is written by the very methods that the server calls,
 * without the server's copy from the request's memory to the engine's.
 */
final class BoundTurns implements Turns {

    private final byte[] request;
    private final ReusedMemory memory = new ReusedMemory();
    private final BoundRun bound;

    BoundTurns(BoundModel model, byte[] request) throws OrtException, TensorFormatException {
        this.request = request;
        this.bound =
                model.bind(InferenceDocuments.read(JsonText.of(request), memory).inputs());
    }

    /** JSON to tensors, the engine, tensors to JSON. */
    @Override
    public ByteBuffer json() throws OrtException, TensorFormatException {
        memory.rewind();
        Optional<String> id =
                InferenceDocuments.read(JsonText.of(request), memory).id();
        bound.run();
        InferenceReply reply = new InferenceReply("model", "1", id, bound.outputs());
        return InferenceDocuments.write(reply, BinaryOutputs.NONE, memory).body();
    }

    /** The engine alone. */
    @Override
    public void run() throws OrtException {
        bound.run();
    }

    @Override
    public void close() {
        bound.close();
    }
}
