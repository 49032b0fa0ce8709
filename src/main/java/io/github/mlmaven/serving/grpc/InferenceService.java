package io.github.mlmaven.serving.grpc;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataRequest;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataResponse;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataResponse.TensorMetadata;
import io.github.mlmaven.serving.grpc.wire.ModelReadyRequest;
import io.github.mlmaven.serving.grpc.wire.ModelReadyResponse;
import io.github.mlmaven.serving.grpc.wire.ServerLiveRequest;
import io.github.mlmaven.serving.grpc.wire.ServerLiveResponse;
import io.github.mlmaven.serving.grpc.wire.ServerMetadataRequest;
import io.github.mlmaven.serving.grpc.wire.ServerMetadataResponse;
import io.github.mlmaven.serving.grpc.wire.ServerReadyRequest;
import io.github.mlmaven.serving.grpc.wire.ServerReadyResponse;
import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code inference.GRPCInferenceService} of the Open Inference Protocol v2. */
final class InferenceService {

    private final Serving serving;

    InferenceService(Serving serving) {
        this.serving = serving;
    }

    /** Adds the methods by their paths. */
    void addTo(Map<String, GrpcMethod> methods) {
        String service = "/" + GrpcServices.INFERENCE + "/";
        methods.put(
                service + "ServerLive",
                quick(
                        ServerLiveRequest.parser(),
                        request -> ServerLiveResponse.newBuilder().setLive(true).build()));
        methods.put(
                service + "ServerReady",
                quick(
                        ServerReadyRequest.parser(),
                        request -> ServerReadyResponse.newBuilder()
                                .setReady(isReady())
                                .build()));
        methods.put(service + "ModelReady", quick(ModelReadyRequest.parser(), this::modelReady));
        methods.put(service + "ServerMetadata", quick(ServerMetadataRequest.parser(), request -> serverMetadata()));
        methods.put(service + "ModelMetadata", quick(ModelMetadataRequest.parser(), this::modelMetadata));
        methods.put(
                service + "ModelInfer",
                GrpcMethod.inference((call, message) -> InferCall.start(call, serving, message)));
        new RepositoryMethods(serving.repository()).addTo(service, methods);
    }

    /** What a request is answered with at once. */
    private interface Reply<T> {
        MessageLite to(T request) throws GrpcException;
    }

    private static <T extends MessageLite> GrpcMethod quick(Parser<T> parser, Reply<T> reply) {
        return GrpcMethod.unary(GrpcMethod.SMALL, (call, message) -> {
            Buffer framed = call.frame(reply.to(message.parse(parser)));
            call.end(framed);
        });
    }

    private boolean isReady() {
        return serving.readiness().state() == Readiness.State.READY;
    }

    private ModelReadyResponse modelReady(ModelReadyRequest request) throws GrpcException {
        boolean loaded = serving.models().get().isPresent();
        if (loaded) {
            ModelLookup.find(serving, request.getName(), request.getVersion());
        }
        return ModelReadyResponse.newBuilder().setReady(loaded && isReady()).build();
    }

    private ServerMetadataResponse serverMetadata() {
        ServerMetadataResponse.Builder response =
                ServerMetadataResponse.newBuilder().setName("ml-maven-plugin").setVersion(serving.version());
        serving.repository().ifPresent(present -> response.addExtensions("model_repository"));
        return response.build();
    }

    private ModelMetadataResponse modelMetadata(ModelMetadataRequest request) throws GrpcException {
        ServedModel model = ModelLookup.find(serving, request.getName(), request.getVersion());
        ModelDescriptor descriptor = model.descriptor();
        return ModelMetadataResponse.newBuilder()
                .setName(descriptor.name())
                .addVersions(descriptor.version())
                .setPlatform(model.platform())
                .addAllInputs(metadata(descriptor.contract().inputs()))
                .addAllOutputs(metadata(descriptor.contract().outputs()))
                .build();
    }

    private static List<TensorMetadata> metadata(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> TensorMetadata.newBuilder()
                        .setName(spec.name())
                        .setDatatype(spec.datatype().name())
                        .addAllShape(boxed(spec.shape().wire()))
                        .build())
                .toList();
    }

    private static Iterable<Long> boxed(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
