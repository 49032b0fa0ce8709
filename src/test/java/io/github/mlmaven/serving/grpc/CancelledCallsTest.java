package io.github.mlmaven.serving.grpc;

import static io.github.mlmaven.serving.Http2Client.framed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.Http2Client;
import io.github.mlmaven.serving.Tensors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway, for many clients, has one connection, and resets the streams of those that have left. */
@Timeout(60)
class CancelledCallsTest {

    private static final String INFER = "/inference.GRPCInferenceService/ModelInfer";
    private static final String LIVE = "/inference.GRPCInferenceService/ServerLive";
    private static final Map<String, String> GRPC = Map.of("content-type", "application/grpc");

    @Test
    void aThousandCancelledCallsLeaveTheOthersAlone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ScriptedModel model = new ScriptedModel(
                inputs -> {
                    awaitQuietly(release);
                    return inputs;
                },
                Datatype.FP32,
                "y");
        byte[] call = framed(
                0, Infer.raw("m", List.of(Tensors.fp32("x", new long[] {1}, 1))).toByteArray());
        try (GrpcServer server = GrpcServer.ready(GrpcServer.LIMITS, "m", model);
                Http2Client client = new Http2Client(server.http.port())) {
            CompletableFuture<Http2Client.Answer> goesOn = client.send("POST", INFER, GRPC, call);
            for (int i = 0; i < 1000; i++) {
                HttpClientRequest cancelled = client.open("POST", INFER, GRPC);
                // Without its last byte: it waits for nobody.
                Http2Client.await(
                        cancelled.setChunked(true).write(Buffer.buffer(call).slice(0, call.length - 1)));
                cancelled.reset(8);
            }
            assertThat(client.call(LIVE, Map.of(), framed(0, new byte[0])).grpc())
                    .isEqualTo("0");
            assertThat(goesOn).isNotDone();
            release.countDown();

            assertThat(goesOn.get(30, TimeUnit.SECONDS).grpc()).isEqualTo("0");
            assertThat(client.goAway()).isNotDone();
        } finally {
            release.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
