package io.github.mlmaven.serving.inference;

import io.github.mlmaven.serving.protocol.InferenceReply;

/** How a protocol hears of the end of its call: one of the two, once, on whatever thread. */
public interface Answer {

    /**
     * The model has run.
     *
     * @param reply its tensors are views of memory that is used again after this method returns
     */
    void computed(InferenceReply reply);

    /** There is no result. */
    void failed(Failure failure);

    /** Whether somebody still waits: false when the client has left; asked before the model runs, on any thread. */
    default boolean wanted() {
        return true;
    }
}
