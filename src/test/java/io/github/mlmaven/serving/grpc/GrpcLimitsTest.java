package io.github.mlmaven.serving.grpc;

import static io.github.mlmaven.serving.Http2Client.framed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.Http2Client;
import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.http.HttpLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call is refused for before a model is asked, as bytes of HTTP/2: status and message, word for word. */
@Timeout(60)
class GrpcLimitsTest {

    private static final String SERVICE = "/inference.GRPCInferenceService/";
    private static final String INFER = SERVICE + "ModelInfer";
    private static final String LIVE = SERVICE + "ServerLive";
    private static final int MAX = 200_000;
    private static final Map<String, String> GZIP = Map.of("grpc-encoding", "gzip");

    private final ScriptedModel model = new ScriptedModel(inputs -> inputs, Datatype.FP32, "y");
    private GrpcServer server;
    private Http2Client client;

    @BeforeEach
    void start() throws Exception {
        HttpLimits limits = new HttpLimits(MAX, MAX + MAX / 2, Duration.ofMinutes(1));
        server = GrpcServer.ready(limits, "m", model);
        client = new Http2Client(server.http.port());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        assertThat(model.runs).hasValue(0);
    }

    @Test
    void aLengthThatIsTooLargeIsRefusedBeforeItsBytesCome() throws Exception {
        HttpClientRequest request = client.open("POST", INFER, Map.of("content-type", "application/grpc"));
        CompletableFuture<Http2Client.Answer> answer = client.answer(request);
        request.setChunked(true).write(Buffer.buffer().appendByte((byte) 0).appendInt(MAX + 1));

        assertThat(answer.get(30, TimeUnit.SECONDS).grpc())
                .isEqualTo("8 the message is too large: expected at most 200000 bytes, found 200001");
        assertThat(client.call(LIVE, Map.of(), new byte[] {0, -1, -1, -1, -1}).grpc())
                .isEqualTo("8 the message is too large: expected at most 200000 bytes, found 4294967295");
    }

    @Test
    void aBombIsRefusedWhenItHasGrownTooLarge() throws Exception {
        byte[] bomb = gzip(new byte[10 * MAX]);
        assertThat(bomb).hasSizeLessThan(MAX / 10);

        assertThat(client.call(INFER, GZIP, framed(1, bomb)).grpc())
                .isEqualTo("8 the message is too large: expected at most 200000 bytes, found more");
    }

    @Test
    void compressionThatIsWrongIsSaid() throws Exception {
        assertThat(client.call(INFER, Map.of("grpc-encoding", "br"), framed(0, new byte[0]))
                        .grpc())
                .isEqualTo("12 grpc-encoding: expected identity or gzip, found br");
        assertThat(client.call(INFER, Map.of(), framed(1, gzip(new byte[1]))).grpc())
                .isEqualTo("13 a message is compressed, but the request names no grpc-encoding");
        assertThat(client.call(INFER, GZIP, framed(1, new byte[] {1, 2})).grpc())
                .isEqualTo("3 the message cannot be decompressed: Content-Encoding gzip: expected a stream that begins"
                        + " with the bytes 1f 8b");
        assertThat(client.call(INFER, GZIP, framed(2, new byte[0])).grpc())
                .isEqualTo("3 a message begins with 0, or 1 when it is compressed; found 2");
    }

    @Test
    void aTimeoutThatIsNoneIsRefused() throws Exception {
        for (String timeout : List.of("1", "S", "1s", "123456789S", "-1S", "1.5S", "1 S")) {
            assertThat(client.call(LIVE, Map.of("grpc-timeout", timeout), framed(0, new byte[0]))
                            .grpc())
                    .isEqualTo("3 grpc-timeout: expected 1 to 8 digits and one of H, M, S, m, u, n, found " + timeout);
        }
        assertThat(client.call(LIVE, Map.of("grpc-timeout", "99999999H"), framed(0, new byte[0]))
                        .grpc())
                .isEqualTo("0");
    }

    @Test
    void methodsThatAreUnknownAreUnimplemented() throws Exception {
        for (String path : List.of(SERVICE + "ModelStreamInfer", "/other.Service/Method", "/")) {
            assertThat(client.call(path, Map.of(), framed(0, new byte[0])).grpc())
                    .isEqualTo("12 no such method: " + path);
        }
    }

    @Test
    void oneMessageIsExpectedNeitherNoneNorTwo() throws Exception {
        byte[] two = Buffer.buffer()
                .appendBytes(framed(0, new byte[0]))
                .appendBytes(framed(0, new byte[0]))
                .getBytes();
        for (String path : List.of(LIVE, INFER)) {
            assertThat(client.call(path, Map.of(), new byte[0]).grpc())
                    .isEqualTo("12 the method takes one message, found none");
            assertThat(client.call(path, Map.of(), two).grpc())
                    .isEqualTo("12 the method takes one message, found more");
        }
    }

    @Test
    void aMessageThatIsCutOffIsRefused() throws Exception {
        for (byte[] part : List.of(new byte[] {0}, new byte[] {0, 0, 0, 0, 2, 1})) {
            assertThat(client.call(INFER, Map.of(), part).grpc()).isEqualTo("3 the request ends within a message");
        }
        assertThat(client.call(LIVE, Map.of(), framed(0, new byte[] {10, 5})).grpc())
                .startsWith("3 the message is not what the method takes: ");
    }

    @Test
    void whatIsNotGrpcGetsAnAnswerOfHttp() throws Exception {
        for (String type : List.of("application/json", "application/grpc-web", "application/grpc+json")) {
            Http2Client.Answer answer = client.call(INFER, Map.of("content-type", type), new byte[0]);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.body())
                    .hasToString("{\"error\":\"expected Content-Type application/grpc, found " + type + "\"}");
        }
        Http2Client.Answer get = client.send("GET", INFER, Map.of("content-type", "application/grpc"), new byte[0])
                .get(30, TimeUnit.SECONDS);
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.headers().get("allow")).isEqualTo("POST");
        String head = " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Type: application/grpc\r\n\r\n";
        assertThat(RawHttp.exchange(server.http.port(), "POST " + INFER + head))
                .startsWith("HTTP/1.1 426 ")
                .containsIgnoringCase("\r\nupgrade: h2c\r\n")
                .endsWith("{\"error\":\"gRPC needs HTTP/2\"}");
    }

    @Test
    void messagesThatAreTooMuchTogetherAreRefusedUntilThereIsRoomAgain() throws Exception {
        HttpClientRequest slow = client.open("POST", INFER, Map.of("content-type", "application/grpc"));
        CompletableFuture<Http2Client.Answer> slowly = client.answer(slow);
        // When the last of it is on its way, the server has made room for all that went before.
        slow.setChunked(true)
                .write(Buffer.buffer(framed(0, new byte[MAX])).slice(0, MAX))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        byte[] other = framed(0, new byte[MAX]);

        // Both are on one connection, whose streams are read in the order of their bytes.
        assertThat(client.call(INFER, Map.of(), other).grpc())
                .isEqualTo("14 too many bytes of requests are waiting; try again");

        slow.reset(8);
        assertThat(slowly).failsWithin(Duration.ofSeconds(30));
        assertThat(client.call(INFER, Map.of(), other).grpc()).startsWith("3 the message is not a ModelInferRequest");
    }

    @Test
    void aDeadlineThatPassesWhileThePoolIsBusyIsSaidAndTheModelDoesNotRun() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.pool.offer(() -> awaitQuietly(release));
        try {
            byte[] message = Infer.raw("m", List.of(Tensors.fp32("x", new long[] {20_000}, new float[20_000])))
                    .toByteArray();
            HttpClientRequest request =
                    client.open("POST", INFER, Map.of("content-type", "application/grpc", "grpc-timeout", "50m"));
            CompletableFuture<Http2Client.Answer> answer = client.answer(request);
            request.end(Buffer.buffer(framed(0, message)));
            Thread.sleep(100);
            assertThat(client.call(LIVE, Map.of(), framed(0, new byte[0])).grpc())
                    .isEqualTo("0");
            release.countDown();

            assertThat(answer.get(30, TimeUnit.SECONDS).grpc()).isEqualTo("4 the deadline passed before the model ran");
        } finally {
            release.countDown();
        }
    }

    private static byte[] gzip(byte[] content) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
