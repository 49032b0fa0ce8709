package io.github.mlmaven.serving.grpc;

import static io.github.mlmaven.serving.Http2Client.framed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Http2Client;
import io.github.mlmaven.serving.Tensors;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies lie in memory outside of the heap, which nobody collects: all of it must come back, whoever leaves when. */
@Timeout(120)
class LargeRepliesTest {

    /** More than a chunk of the pool, so that the pool counts each; and more than sockets hold. */
    private static final int ELEMENTS = 8 << 20;

    private static final int CLIENTS = 8;
    private static final String REST = "/v2/models/m/infer";
    private static final String GRPC = "/inference.GRPCInferenceService/ModelInfer";
    private static final Map<String, String> GRPC_HEADERS = Map.of("content-type", "application/grpc");
    private static final String JSON = """
            {"parameters":{"binary_data_output":true},\
            "inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}""";

    private GrpcServer server;
    private long before;

    @BeforeEach
    void start() throws Exception {
        Tensor output = new Tensor("y", Datatype.UINT8, new long[] {ELEMENTS}, ByteBuffer.allocateDirect(ELEMENTS));
        before = taken();
        server = GrpcServer.ready(
                GrpcServer.LIMITS, "m", new ScriptedModel(inputs -> List.of(output), Datatype.FP32, "y"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thatAreRead() throws Exception {
        byte[] call = call();
        try (Http2Client client = new Http2Client(server.http.port())) {
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(client.send("POST", REST, Map.of(), JSON.getBytes(UTF_8))
                                .get()
                                .body()
                                .length())
                        .isGreaterThan(ELEMENTS);
                Http2Client.Answer answer =
                        client.send("POST", GRPC, GRPC_HEADERS, call).get();
                assertThat(answer.grpc()).isEqualTo("0");
                assertThat(answer.body().length()).isGreaterThan(ELEMENTS);
            }
        }
        awaitAllGivenBack();
    }

    @Test
    void thatAreCompressed() throws Exception {
        byte[] call = call();
        try (Http2Client client = new Http2Client(server.http.port())) {
            Http2Client.Answer rest = client.send("POST", REST, Map.of("accept-encoding", "gzip"), JSON.getBytes(UTF_8))
                    .get();
            assertThat(rest.headers().get("content-encoding")).isEqualTo("gzip");
            Http2Client.Answer grpc = client.send(
                            "POST",
                            GRPC,
                            Map.of(
                                    "content-type", "application/grpc",
                                    "grpc-encoding", "gzip",
                                    "grpc-accept-encoding", "gzip"),
                            call)
                    .get();
            assertThat(grpc.grpc()).isEqualTo("0");
            assertThat(grpc.body().getByte(0)).isEqualTo((byte) 1);
            assertThat(grpc.body().length()).isLessThan(ELEMENTS / 10);
        }
        awaitAllGivenBack();
    }

    @Test
    void ofStreamsThatAreReset() throws Exception {
        try (Http2Client client = new Http2Client(server.http.port())) {
            for (int i = 0; i < CLIENTS; i++) {
                resetWhenItBegins(client, REST, Map.of(), JSON.getBytes(UTF_8));
                resetWhenItBegins(client, GRPC, GRPC_HEADERS, call());
            }
            awaitAllGivenBack();
        }
    }

    @Test
    void ofConnectionsThatEnd() throws Exception {
        String post = "POST " + REST + " HTTP/1.1\r\nHost: m\r\nContent-Length: " + JSON.length() + "\r\n\r\n" + JSON;
        for (int i = 0; i < CLIENTS; i++) {
            try (Http2Client client = new Http2Client(server.http.port())) {
                begin(client, REST, Map.of(), JSON.getBytes(UTF_8));
            }
            try (Http2Client client = new Http2Client(server.http.port())) {
                begin(client, GRPC, GRPC_HEADERS, call());
            }
            try (Socket socket = new Socket("127.0.0.1", server.http.port())) {
                socket.getOutputStream().write(post.getBytes(UTF_8));
                assertThat(socket.getInputStream().readNBytes(9)).isEqualTo("HTTP/1.1 ".getBytes(UTF_8));
                socket.setSoLinger(true, 0);
            }
        }
        awaitAllGivenBack();
    }

    private static void resetWhenItBegins(Http2Client client, String path, Map<String, String> headers, byte[] body) {
        begin(client, path, headers, body).reset(8);
    }

    /** Until the head has come; of the body nothing is read. */
    private static HttpClientRequest begin(Http2Client client, String path, Map<String, String> headers, byte[] body) {
        HttpClientRequest request = client.open("POST", path, headers);
        Future<Integer> status =
                request.response().map(response -> response.pause().statusCode());
        request.end(Buffer.buffer(body));
        assertThat(Http2Client.await(status)).isEqualTo(200);
        return request;
    }

    private static byte[] call() {
        return framed(
                0, Infer.raw("m", List.of(Tensors.fp32("x", new long[] {1}, 1))).toByteArray());
    }

    private void awaitAllGivenBack() throws InterruptedException {
        while (taken() > before) {
            Thread.sleep(5);
        }
        assertThat(taken()).isEqualTo(before);
    }

    private static long taken() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(arena -> arena.numActiveHugeAllocations())
                .sum();
    }
}
