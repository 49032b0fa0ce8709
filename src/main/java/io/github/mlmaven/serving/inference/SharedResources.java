package io.github.mlmaven.serving.inference;

/**
 * What all models of a process share.
 *
 * @param pool the threads for runs that would keep an event loop
 * @param admission bounds what waits
 * @param listener hears of every call
 */
public record SharedResources(InferencePool pool, Admission admission, ServingListener listener) {}
