package io.github.mlmaven.serving.protocol;

/**
 * A request of the Open Inference Protocol over HTTP.
 *
 * @param request what the model shall compute
 * @param binary the outputs that the reply shall carry in binary
 */
public record OpenInferenceRequest(InferenceRequest request, BinaryOutputs binary) {}
