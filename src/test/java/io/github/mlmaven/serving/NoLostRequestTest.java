package io.github.mlmaven.serving;

import static io.github.mlmaven.serving.ApplicationFolder.addToRepository;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import io.github.mlmaven.serving.grpc.wire.health.HealthCheckRequest;
import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse;
import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse.ServingStatus;
import io.github.mlmaven.serving.grpc.wire.health.HealthGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While clients ask without a pause, models are replaced and the server ends: every request gets its answer. */
class NoLostRequestTest {

    private static final String LOAD = "/v2/repository/models/sign/load";

    /** So many elements are read and run off the event loops: in JSON they take more than 64 KiB. */
    private static final int MANY = 40_000;

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newFixedThreadPool(8);

    /** Answers by version: version 1 gives x back, version 2 -x. */
    private final AtomicIntegerArray answered = new AtomicIntegerArray(3);

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void aModelIsReplacedUnderLoad() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("sign", "1", OnnxModels.unary(folder.resolve("1.onnx"), "Identity", 1, 1, "N"))
                .write();
        Path negative = OnnxModels.unary(folder.resolve("2.onnx"), "Neg", 1, 1, "N");
        addToRepository(repository, "sign", "2", negative);
        addToRepository(repository, "sign", "3", negative);
        Files.writeString(repository.resolve("sign/3/model.onnx"), "another file");
        AtomicBoolean stop = new AtomicBoolean();
        try (ForkedServer server =
                ForkedServer.start(application, folder, Map.of("ML_MODEL_REPOSITORY", repository.toString()))) {
            ManagedChannel channel = channel(server);
            List<Future<?>> asking = List.of(
                    until(stop, () -> askJson(server, 1)),
                    until(stop, () -> askJson(server, 1)),
                    until(stop, () -> askJson(server, 3)),
                    until(stop, () -> askJson(server, MANY)),
                    until(stop, () -> askGrpc(channel, 1)),
                    until(stop, () -> askGrpc(channel, MANY)));
            for (int i = 0; i < 20; i++) {
                int version = 2 - i % 2;
                awaitAnswers(3 - version);
                assertThat(load(server, version).statusCode()).isEqualTo(200);
                awaitAnswers(version);
                HttpResponse<String> refused = load(server, 3);
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).contains("sign 3 was not loaded, " + version + " is served still: ");
            }
            stop.set(true);
            for (Future<?> client : asking) {
                client.get();
            }
            channel.shutdownNow();
            assertThat(server.errors())
                    .allMatch(line ->
                            line.contains("SEVERE model sign 3 was not loaded") || line.contains("INFO serving sign "));
        }
    }

    @Test
    void aTerminatedServerAnswersTheCallsOfGrpcThatCameBeforeItSaidSo() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("sign", "1", OnnxModels.unary(folder.resolve("1.onnx"), "Identity", 1, 1, "N"))
                .write();
        AtomicBoolean stop = new AtomicBoolean();
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of())) {
            List<ManagedChannel> channels = new ArrayList<>();
            List<Future<?>> asking = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ManagedChannel channel = channel(server);
                channels.add(channel);
                asking.add(until(stop, () -> askGrpc(channel, 1)));
            }
            Iterator<HealthCheckResponse> health =
                    HealthGrpc.newBlockingStub(channels.get(0)).watch(HealthCheckRequest.getDefaultInstance());
            assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            awaitAnswers(1);
            server.process().destroy();
            // Readiness turns first; whoever sends requests learns of it, stops, and has lost none.
            assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            stop.set(true);
            for (Future<?> client : asking) {
                client.get();
            }
            assertThat(server.exitCode()).isZero();
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private Future<?> until(AtomicBoolean stop, Callable<?> ask) {
        return clients.submit(() -> {
            while (!stop.get()) {
                ask.call();
            }
            return null;
        });
    }

    /** Until this version has answered another hundred. */
    private void awaitAnswers(int version) throws InterruptedException {
        int before = answered.get(version);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 3000 && answered.get(version) < before + 100; i++) {
            never.await(10, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        assertThat(answered.get(version)).as("answers of version %s", version).isGreaterThanOrEqualTo(before + 100);
    }

    private static HttpResponse<String> load(ForkedServer server, int version) throws Exception {
        return server.post(LOAD, "{\"parameters\":{\"version\":\"" + version + "\"}}");
    }

    private Void askJson(ForkedServer server, int rows) throws Exception {
        String threes = String.join(",", Collections.nCopies(rows, "3"));
        HttpResponse<String> reply = server.post(
                "/v2/models/sign/infer",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[" + rows + "],\"data\":[" + threes
                        + "]}]}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        int version = reply.body().contains("\"model_version\":\"1\"") ? 1 : 2;
        String expected = version == 1 ? "3.0" : "-3.0";
        assertThat(reply.body()).contains("\"data\":[" + String.join(",", Collections.nCopies(rows, expected)) + "]");
        answered.incrementAndGet(version);
        return null;
    }

    private Void askGrpc(ManagedChannel channel, int rows) {
        ModelInferResponse reply = GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .modelInfer(ModelInferRequest.newBuilder()
                        .setModelName("sign")
                        .addInputs(InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(rows)
                                .setContents(InferTensorContents.newBuilder()
                                        .addAllFp32Contents(Collections.nCopies(rows, 3f))))
                        .build());
        int version = Integer.parseInt(reply.getModelVersion());
        assertThat(reply.getOutputs(0).getContents().getFp32ContentsList())
                .isEqualTo(Collections.nCopies(rows, version == 1 ? 3f : -3f));
        answered.incrementAndGet(version);
        return null;
    }

    private static ManagedChannel channel(ForkedServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }
}
