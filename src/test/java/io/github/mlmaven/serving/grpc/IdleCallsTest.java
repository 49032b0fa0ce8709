package io.github.mlmaven.serving.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.Http2Client;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.ServerLiveRequest;
import io.github.mlmaven.serving.http.HttpLimits;
import io.github.mlmaven.serving.inference.Readiness;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on which nothing is sent for longer than a client may be silent. */
@Timeout(60)
class IdleCallsTest {

    /** Five times as long as a client may be silent. */
    private static final long LONG = 2000;

    private static final String LIVE = "/inference.GRPCInferenceService/ServerLive";
    private static final String INFER = "/inference.GRPCInferenceService/ModelInfer";
    private static final String REFLECT = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    private static final HttpLimits SHORT = new HttpLimits(1 << 20, 1 << 20, Duration.ofMillis(400));

    @Test
    void aWatchOutlivesTheTimeAClientMayBeSilent() throws Exception {
        try (GrpcServer server = GrpcServer.starting(SHORT)) {
            Iterator<HealthCheckResponse> watch =
                    HealthGrpc.newBlockingStub(server.channel).watch(HealthCheckRequest.getDefaultInstance());
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            server.readiness.advance(Readiness.State.READY);
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);

            Thread.sleep(LONG);
            server.readiness.advance(Readiness.State.DRAINING);

            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        }
    }

    @Test
    void aWatchOutlivesItOnAConnectionThatIsBusyToo() throws Exception {
        try (GrpcServer server = GrpcServer.starting(SHORT)) {
            Iterator<HealthCheckResponse> watch =
                    HealthGrpc.newBlockingStub(server.channel).watch(HealthCheckRequest.getDefaultInstance());
            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            var stub = GRPCInferenceServiceGrpc.newBlockingStub(server.channel);
            for (long end = System.nanoTime() + LONG * 1_000_000; System.nanoTime() < end; Thread.sleep(20)) {
                assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance())
                                .getLive())
                        .isTrue();
            }
            server.readiness.advance(Readiness.State.READY);

            assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void reflectionThatIsOpenOutlivesIt() throws Exception {
        try (GrpcServer server = GrpcServer.starting(SHORT)) {
            BlockingQueue<Integer> first = new ArrayBlockingQueue<>(2);
            StreamObserver<ServerReflectionRequest> loading =
                    ServerReflectionGrpc.newStub(server.channel).serverReflectionInfo(into(first));
            // It loads classes for longer than that, and may be reset.
            loading.onNext(
                    ServerReflectionRequest.newBuilder().setListServices("*").build());
            first.take();
            BlockingQueue<Integer> services = new ArrayBlockingQueue<>(2);
            StreamObserver<ServerReflectionRequest> ask =
                    ServerReflectionGrpc.newStub(server.channel).serverReflectionInfo(into(services));
            ServerReflectionRequest list =
                    ServerReflectionRequest.newBuilder().setListServices("*").build();
            ask.onNext(list);
            assertThat(services.take()).isEqualTo(4);

            Thread.sleep(LONG);
            ask.onNext(list);

            assertThat(services.take()).isEqualTo(4);
        }
    }

    @Test
    void bodiesThatStallAreResetWhileOthersGoOn() throws Exception {
        try (GrpcServer server = GrpcServer.ready(SHORT, "m", new ScriptedModel(inputs -> inputs, Datatype.FP32, "y"));
                Http2Client client = new Http2Client(server.http.port())) {
            // The first call loads classes for longer than that.
            client.call(LIVE, Map.of(), Http2Client.framed(0, new byte[0]));
            CompletableFuture<Http2Client.Answer> nothing = stalled(client, LIVE, new byte[0]);
            CompletableFuture<Http2Client.Answer> half = stalled(client, LIVE, new byte[] {0, 0, 0});
            CompletableFuture<Http2Client.Answer> infer = stalled(client, INFER, new byte[] {0, 0, 0, 0, 9, 1});
            CompletableFuture<Http2Client.Answer> second =
                    stalled(client, REFLECT, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 1});
            CompletableFuture<Http2Client.Answer> rest = stalled(client, "/v2/models/m/infer", new byte[] {'{'});
            CompletableFuture<Void> all = CompletableFuture.allOf(nothing, half, infer, second, rest);
            int calls = 0;
            for (long end = System.nanoTime() + LONG * 1_000_000; System.nanoTime() < end; Thread.sleep(20)) {
                assertThat(client.call(LIVE, Map.of(), Http2Client.framed(0, new byte[0]))
                                .grpc())
                        .isEqualTo("0");
                calls++;
            }
            assertThat(calls).isGreaterThan(10);
            assertThat(all).isDone();
            for (CompletableFuture<?> reset : List.of(nothing, half, infer, second, rest)) {
                assertThat(reset)
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .havingRootCause()
                        .withMessage("Stream reset: 8");
            }
        }
    }

    private static CompletableFuture<Http2Client.Answer> stalled(Http2Client client, String path, byte[] part) {
        String type = path.startsWith("/v2/") ? "application/json" : "application/grpc";
        HttpClientRequest request = client.open("POST", path, Map.of("content-type", type));
        CompletableFuture<Http2Client.Answer> answer = client.answer(request);
        request.setChunked(true).write(Buffer.buffer(part));
        return answer;
    }

    private static StreamObserver<ServerReflectionResponse> into(BlockingQueue<Integer> services) {
        return new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse reply) {
                services.add(reply.getListServicesResponse().getServiceCount());
            }

            @Override
            public void onError(Throwable t) {
                services.add(-1);
            }

            @Override
            public void onCompleted() {
                services.add(0);
            }
        };
    }
}
