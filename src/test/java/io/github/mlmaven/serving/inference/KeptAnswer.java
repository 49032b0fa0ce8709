package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps what a call was answered; a second answer fails the test. */
final class KeptAnswer implements Answer {

    private final CompletableFuture<Map<String, String>> end = new CompletableFuture<>();
    volatile boolean wanted = true;
    volatile Failure failure;

    @Override
    public void computed(InferenceReply reply) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Tensor output : reply.outputs()) {
            outputs.put(
                    output.name() + " " + List.of(output.rank() == 0 ? 0 : output.dimension(0)),
                    HexFormat.of().formatHex(Tensors.bytes(output)));
        }
        if (!end.complete(outputs)) {
            throw new IllegalStateException("answered twice");
        }
    }

    @Override
    public void failed(Failure failure) {
        this.failure = failure;
        if (!end.complete(Map.of())) {
            throw new IllegalStateException("answered twice");
        }
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    boolean done() {
        return end.isDone();
    }

    /** The outputs' bytes in hexadecimal, by name and first dimension; empty when it failed. */
    Map<String, String> outputs() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }

    /** Waits for the failure's words. */
    String message() throws Exception {
        end.get(20, TimeUnit.SECONDS);
        return failure == null ? "computed" : failure.kind() + ": " + failure.message();
    }
}
