package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.ServedModel;

/** Finds the model that a call names. */
final class ModelLookup {

    private ModelLookup() {}

    /**
     * Finds it.
     *
     * @param version empty for the one that is served
     */
    static ServedModel find(Serving serving, String name, String version) throws GrpcException {
        Models models = serving.models()
                .get()
                .orElseThrow(() -> new GrpcException(GrpcStatus.UNAVAILABLE, "not ready: the models are being loaded"));
        ServedModel model = models.named(name)
                .orElseThrow(() -> new GrpcException(
                        GrpcStatus.NOT_FOUND,
                        "unknown model " + name + ": expected " + String.join(", ", models.names())));
        String served = model.descriptor().version();
        if (!version.isEmpty() && !version.equals(served)) {
            throw new GrpcException(
                    GrpcStatus.NOT_FOUND, "unknown version " + version + " of model " + name + ": expected " + served);
        }
        return model;
    }
}
