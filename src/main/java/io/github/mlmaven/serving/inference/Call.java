package io.github.mlmaven.serving.inference;

import io.github.mlmaven.serving.protocol.InferenceRequest;

/**
 * A request as a protocol hands it in.
 *
 * @param protocol the protocol's name in metrics, for example {@code oip-rest}
 * @param request the tensors; their memory is the caller's and stays valid until the answer
 * @param deadline when nobody waits for it any more
 * @param receivedNanos when its first byte was seen, by {@link System#nanoTime()}
 */
public record Call(String protocol, InferenceRequest request, Deadline deadline, long receivedNanos) {

    /** The protocol of what the server asks itself at start. */
    public static final String WARM_UP = "warm-up";
}
