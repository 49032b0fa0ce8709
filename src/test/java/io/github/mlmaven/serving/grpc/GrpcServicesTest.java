package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataRequest;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataResponse;
import io.github.mlmaven.serving.grpc.wire.ModelMetadataResponse.TensorMetadata;
import io.github.mlmaven.serving.grpc.wire.ModelReadyRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryIndexRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelLoadRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelUnloadRequest;
import io.github.mlmaven.serving.grpc.wire.ServerLiveRequest;
import io.github.mlmaven.serving.grpc.wire.ServerMetadataRequest;
import io.github.mlmaven.serving.grpc.wire.ServerReadyRequest;
import io.github.mlmaven.serving.inference.Readiness;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every method but ModelInfer; health and reflection are asked through descriptors that are not ours. */
@Timeout(60)
class GrpcServicesTest {

    @TempDir
    Path folder;

    @Test
    void theServerAndItsModelsTellOfThemselves() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            GRPCInferenceServiceBlockingStub stub = stub(server);
            assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                    .isTrue();
            assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                    .isTrue();
            assertThat(stub.modelReady(ready("add-sub", "")).getReady()).isTrue();
            assertThat(stub.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                            .getName())
                    .isEqualTo("ml-maven-plugin");

            ModelMetadataResponse metadata = stub.modelMetadata(ModelMetadataRequest.newBuilder()
                    .setName("breast-cancer-lgbm")
                    .setVersion("1")
                    .build());

            assertThat(metadata.getPlatform()).isEqualTo("onnxruntime_onnx");
            assertThat(metadata.getVersionsList()).containsExactly("1");
            assertThat(metadata.getInputs(0))
                    .isEqualTo(TensorMetadata.newBuilder()
                            .setName("features")
                            .setDatatype("FP32")
                            .addShape(-1)
                            .addShape(28)
                            .build());
            assertThat(metadata.getOutputsCount()).isEqualTo(2);
        }
    }

    @Test
    void unknownModelsAndVersionsAreNotFound() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            assertThatThrownBy(() -> stub(server).modelReady(ready("add-sub", "7")))
                    .hasMessage("NOT_FOUND: unknown version 7 of model add-sub: expected 1");
            assertThatThrownBy(() -> stub(server)
                            .modelInfer(ModelInferRequest.newBuilder()
                                    .setModelName("nothing")
                                    .build()))
                    .hasMessageStartingWith("NOT_FOUND: unknown model nothing: expected add-sub, breast-cancer-lgbm, ");
        }
    }

    @Test
    void whileModelsAreLoadedItIsLiveButNotReady() throws Exception {
        try (GrpcServer server = GrpcServer.starting(GrpcServer.LIMITS)) {
            GRPCInferenceServiceBlockingStub stub = stub(server);
            assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                    .isTrue();
            assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                    .isFalse();
            assertThat(stub.modelReady(ready("add-sub", "")).getReady()).isFalse();
            assertThatThrownBy(() -> stub.modelInfer(
                            ModelInferRequest.newBuilder().setModelName("a").build()))
                    .hasMessage("UNAVAILABLE: not ready: the models are being loaded");
            assertThat(HealthGrpc.newBlockingStub(server.channel)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus())
                    .isEqualTo(ServingStatus.NOT_SERVING);
        }
    }

    @Test
    void withoutARepositoryItsCallsAreUnimplemented() throws Exception {
        String expected = "UNIMPLEMENTED: the model repository extension is switched off on this server";
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            GRPCInferenceServiceBlockingStub stub = stub(server);
            assertThatThrownBy(() -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()))
                    .hasMessage(expected);
            assertThatThrownBy(() -> stub.repositoryModelLoad(RepositoryModelLoadRequest.getDefaultInstance()))
                    .hasMessage(expected);
            assertThatThrownBy(() -> stub.repositoryModelUnload(RepositoryModelUnloadRequest.getDefaultInstance()))
                    .hasMessage(expected);
        }
    }

    @Test
    void healthIsToldOfTheServerAndOfInference() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            for (String service : List.of("", "inference.GRPCInferenceService")) {
                assertThat(HealthGrpc.newBlockingStub(server.channel)
                                .check(health(service))
                                .getStatus())
                        .isEqualTo(ServingStatus.SERVING);
            }
            assertThatThrownBy(() -> HealthGrpc.newBlockingStub(server.channel).check(health("x")))
                    .hasMessage("NOT_FOUND: unknown service x: expected inference.GRPCInferenceService or none");
            Iterator<HealthCheckResponse> unknown =
                    HealthGrpc.newBlockingStub(server.channel).watch(health("x"));
            assertThat(unknown.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        }
    }

    @Test
    void aWatchHearsOfEachChangeAndEndsWithItsConnection() throws Exception {
        try (GrpcServer server = GrpcServer.starting(GrpcServer.LIMITS)) {
            Iterator<HealthCheckResponse> watch =
                    HealthGrpc.newBlockingStub(server.channel).watch(health(""));
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            server.load(folder);
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            server.readiness.advance(Readiness.State.DRAINING);
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            server.http.shutdown(Duration.ofSeconds(50));
            assertThatThrownBy(watch::hasNext).hasMessage("UNAVAILABLE: the server shuts down");
        }
    }

    @Test
    void reflectionThatIsOpenDoesNotHoldTheServersEnd() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            BlockingQueue<Object> replies = new ArrayBlockingQueue<>(16);
            StreamObserver<ServerReflectionRequest> ask =
                    ServerReflectionGrpc.newStub(server.channel).serverReflectionInfo(into(replies));
            ask.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
            next(replies);
            server.readiness.advance(Readiness.State.DRAINING);

            assertTimeout(Duration.ofSeconds(10), () -> server.http.shutdown(Duration.ofSeconds(50)));

            assertThat(replies.take())
                    .hasToString("io.grpc.StatusRuntimeException: UNAVAILABLE: the server shuts down");
        }
    }

    @Test
    void reflectionListsTheServicesAndGivesTheirFiles() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            BlockingQueue<Object> replies = new ArrayBlockingQueue<>(16);
            StreamObserver<ServerReflectionRequest> ask =
                    ServerReflectionGrpc.newStub(server.channel).serverReflectionInfo(into(replies));
            ask.onNext(ServerReflectionRequest.newBuilder().setListServices("*").build());
            assertThat(next(replies).getListServicesResponse().getServiceList())
                    .extracting(ServiceResponse::getName)
                    .containsExactly(
                            "grpc.health.v1.Health",
                            "grpc.reflection.v1.ServerReflection",
                            "grpc.reflection.v1alpha.ServerReflection",
                            "inference.GRPCInferenceService");
            for (String symbol : List.of(
                    "inference.GRPCInferenceService",
                    "inference.GRPCInferenceService.ModelInfer",
                    "inference.ModelInferRequest.InferInputTensor")) {
                ask.onNext(ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol(symbol)
                        .build());
                FileDescriptorProto file = FileDescriptorProto.parseFrom(
                        next(replies).getFileDescriptorResponse().getFileDescriptorProto(0));
                assertThat(file.getName()).isEqualTo("open_inference.proto");
                assertThat(file.getService(0).getMethodCount()).isEqualTo(9);
            }
            ask.onNext(ServerReflectionRequest.newBuilder()
                    .setFileByFilename("health.proto")
                    .build());
            assertThat(next(replies).getFileDescriptorResponse().getFileDescriptorProtoCount())
                    .isEqualTo(1);
            ask.onNext(ServerReflectionRequest.newBuilder()
                    .setFileContainingSymbol("inference.Nothing")
                    .build());
            ServerReflectionResponse error = next(replies);
            assertThat(error.getErrorResponse().getErrorCode()).isEqualTo(5);
            assertThat(error.getErrorResponse().getErrorMessage()).isEqualTo("not found: inference.Nothing");
            ask.onCompleted();
            assertThat(replies.take()).isEqualTo("completed");
        }
    }

    @Test
    void theOlderReflectionAnswersToo() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            BlockingQueue<Object> replies = new ArrayBlockingQueue<>(16);
            var ask = io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(server.channel)
                    .serverReflectionInfo(into(replies));
            ask.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                    .setListServices("")
                    .build());
            var reply = (io.grpc.reflection.v1alpha.ServerReflectionResponse) replies.take();
            assertThat(reply.getListServicesResponse().getServiceCount()).isEqualTo(4);
            ask.onCompleted();
            assertThat(replies.take()).isEqualTo("completed");
        }
    }

    @Test
    void aDeadlineThatPassesBeforeTheModelRunsIsSaid() throws Exception {
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, folder)) {
            Tensor one = new Tensor("x", Datatype.INT8, new long[] {1}, java.nio.ByteBuffer.allocate(1));
            assertThatThrownBy(() -> stub(server)
                            .withDeadlineAfter(1, TimeUnit.NANOSECONDS)
                            .modelInfer(Infer.raw("identity-int8", List.of(one))))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageStartingWith("DEADLINE_EXCEEDED");
            assertThat(Tensors.bytes(Infer.rawOutputs(stub(server)
                                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                                    .modelInfer(Infer.raw("identity-int8", List.of(one))))
                            .get(0)))
                    .containsExactly(0);
        }
    }

    private static GRPCInferenceServiceBlockingStub stub(GrpcServer server) {
        return GRPCInferenceServiceGrpc.newBlockingStub(server.channel);
    }

    private static ModelReadyRequest ready(String name, String version) {
        return ModelReadyRequest.newBuilder().setName(name).setVersion(version).build();
    }

    private static HealthCheckRequest health(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    private static ServerReflectionResponse next(BlockingQueue<Object> replies) throws InterruptedException {
        return (ServerReflectionResponse) replies.take();
    }

    private static <T> StreamObserver<T> into(BlockingQueue<Object> replies) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T value) {
                replies.add(value);
            }

            @Override
            public void onError(Throwable t) {
                replies.add(t);
            }

            @Override
            public void onCompleted() {
                replies.add("completed");
            }
        };
    }
}
