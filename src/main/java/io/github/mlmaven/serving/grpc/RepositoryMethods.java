package io.github.mlmaven.serving.grpc;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.github.mlmaven.serving.grpc.wire.ModelRepositoryParameter;
import io.github.mlmaven.serving.grpc.wire.RepositoryIndexRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryIndexResponse;
import io.github.mlmaven.serving.grpc.wire.RepositoryIndexResponse.ModelIndex;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelLoadRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelLoadResponse;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelUnloadRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelUnloadResponse;
import io.github.mlmaven.serving.inference.LoadableModels;
import io.github.mlmaven.serving.inference.LoadableModels.RefusedException;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The calls of the model repository extension. */
final class RepositoryMethods {

    private static final System.Logger LOG = System.getLogger(RepositoryMethods.class.getName());

    private final Optional<LoadableModels> repository;

    /** @param repository empty when the extension is off */
    RepositoryMethods(Optional<LoadableModels> repository) {
        this.repository = repository;
    }

    /** @param service the beginning of the paths */
    void addTo(String service, Map<String, GrpcMethod> methods) {
        methods.put(
                service + "RepositoryIndex",
                method(
                        RepositoryIndexRequest.parser(),
                        (models, request) -> models.index(request.getReady()).thenApply(RepositoryMethods::index)));
        methods.put(
                service + "RepositoryModelLoad",
                method(
                        RepositoryModelLoadRequest.parser(),
                        (models, request) -> models.load(request.getModelName(), version(request.getParametersMap()))
                                .thenApply(loaded -> RepositoryModelLoadResponse.getDefaultInstance())));
        methods.put(
                service + "RepositoryModelUnload",
                method(
                        RepositoryModelUnloadRequest.parser(),
                        (models, request) -> models.unload(request.getModelName())
                                .thenApply(unloaded -> RepositoryModelUnloadResponse.getDefaultInstance())));
    }

    private interface Operation<T> {
        CompletionStage<? extends MessageLite> start(LoadableModels models, T request) throws GrpcException;
    }

    /** Of Triton's parameters, {@code config} and {@code file:…} would have a model served that no build has verified. */
    private static String version(Map<String, ModelRepositoryParameter> parameters) throws GrpcException {
        String version = "";
        for (Map.Entry<String, ModelRepositoryParameter> parameter : parameters.entrySet()) {
            if (!parameter.getKey().equals("version") || !parameter.getValue().hasStringParam()) {
                throw new GrpcException(
                        GrpcStatus.INVALID_ARGUMENT,
                        "parameters: expected version with a string_param alone, found " + parameter.getKey());
            }
            version = parameter.getValue().getStringParam();
        }
        return version;
    }

    private <T extends MessageLite> GrpcMethod method(Parser<T> parser, Operation<T> operation) {
        return GrpcMethod.unary(GrpcMethod.SMALL, (call, message) -> {
            T request = message.parse(parser);
            LoadableModels models = repository.orElseThrow(() -> new GrpcException(
                    GrpcStatus.UNIMPLEMENTED, "the model repository extension is switched off on this server"));
            CompletionStage<? extends MessageLite> started = operation.start(models, request);
            call.scope().idle().waits(call.request());
            started.whenComplete((reply, failure) -> call.onLoop(() -> {
                call.scope().idle().answered(call.request());
                if (failure == null) {
                    Buffer framed = call.frame(reply);
                    call.end(framed);
                } else {
                    fail(call, RefusedException.cause(failure));
                }
            }));
        });
    }

    private static void fail(GrpcCall call, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            GrpcStatus status = switch (refused.kind()) {
                case UNKNOWN -> GrpcStatus.NOT_FOUND;
                case INVALID -> GrpcStatus.INVALID_ARGUMENT;
                case BUSY -> GrpcStatus.UNAVAILABLE;
                case INTERNAL -> GrpcStatus.INTERNAL;
            };
            call.fail(status, String.valueOf(refused.getMessage()));
        } else {
            LOG.log(Level.ERROR, "repository call failed", failure);
            call.fail(GrpcStatus.INTERNAL, "internal error");
        }
    }

    private static RepositoryIndexResponse index(List<LoadableModels.Entry> entries) {
        RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
        for (LoadableModels.Entry entry : entries) {
            response.addModels(ModelIndex.newBuilder()
                    .setName(entry.name())
                    .setVersion(entry.version())
                    .setState(entry.state())
                    .setReason(entry.reason()));
        }
        return response.build();
    }
}
