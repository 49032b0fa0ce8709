package io.github.mlmaven.bench;

import ai.onnxruntime.OnnxTensor;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.protocol.BinaryOutputs;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a Java developer would write: the general JSON parser, tensors made for each call, one session for all threads. */
final class PlainTurns implements Turns {

    private final PlainModel model;
    private final byte[] request;
    private final Map<String, OnnxTensor> feed;

    PlainTurns(PlainModel model, byte[] request) throws Exception {
        this.model = model;
        this.request = request;
        this.feed = model.feed(InferenceJson.tensors(request, "inputs"));
    }

    @Override
    public ByteBuffer json() throws Exception {
        List<Tensor> outputs = model.run(InferenceJson.tensors(request, "inputs"));
        InferenceReply reply = new InferenceReply("model", "1", Optional.empty(), outputs);
        return InferenceDocuments.write(reply, BinaryOutputs.NONE, ElementMemory.HEAP)
                .body();
    }

    @Override
    public void run() throws Exception {
        model.run(feed);
    }

    @Override
    public void close() {
        feed.values().forEach(OnnxTensor::close);
    }
}
