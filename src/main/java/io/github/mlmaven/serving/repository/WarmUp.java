package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Answer;
import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Deadline;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.BinaryOutputs;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends one request through the whole path, so that the first client does not wait for classes to load. */
final class WarmUp {

    private WarmUp() {}

    /** Empty when it went well, or there is nothing to send; else why it failed. */
    static Optional<String> run(ServedModel model) {
        List<Tensor> zeros = model.zeros();
        if (zeros.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<Optional<String>> end = new CompletableFuture<>();
        try {
            JsonText text = JsonText.of(InferenceJson.request(zeros));
            Call call = new Call(
                    Call.WARM_UP, InferenceDocuments.read(text, ElementMemory.HEAP), Deadline.NONE, System.nanoTime());
            boolean taken = model.infer(call, new Answer() {
                @Override
                public void computed(InferenceReply reply) {
                    try {
                        InferenceDocuments.write(reply, BinaryOutputs.NONE, ElementMemory.HEAP);
                        end.complete(Optional.empty());
                    } catch (TensorFormatException e) {
                        end.complete(Optional.of(String.valueOf(e.getMessage())));
                    }
                }

                @Override
                public void failed(Failure failure) {
                    end.complete(Optional.of(failure.message()));
                }
            });
            if (!taken) {
                return Optional.of("the model has been closed");
            }
        } catch (TensorFormatException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return end.join();
    }
}
