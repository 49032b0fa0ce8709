package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once get what each would get alone, bit for bit, whatever the server merges. */
@Timeout(120)
class BatchingTest {

    private static final int CLIENTS = 16;

    @TempDir
    static Path folder;

    private static ForkedServer server;
    private static ManagedChannel channel;
    private static ExecutorService clients;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("digits", "1", Path.of("src/test/models/digits-cnn/model.onnx"))
                .add("mixing", "1", OnnxModels.dynamicQuantization(folder.resolve("mixing.onnx")))
                .add("fixed", "1", OnnxModels.unary(folder.resolve("fixed.onnx"), "Neg", 1, 1, "1", "64"));
        server = ForkedServer.start(application.write(), folder, Map.of());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        clients = Executors.newFixedThreadPool(CLIENTS);
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        channel.shutdownNow();
        server.close();
    }

    @Test
    void mergedRequestsGetWhatTheyGetAlone() throws Exception {
        Random random = new Random(3);
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            requests.add(json("digits", digits(1 + i % 3, random)));
            requests.add(gzip("digits", digits(1 + i % 5, random)));
            requests.add(grpc("digits", digits(1, random)));
        }
        // So long a body is read on another thread than its connection's.
        requests.add(json("digits", digits(120, random)));
        requests.add(json("digits", digits(120, random)));

        List<String> alone = inTurn(requests);
        // Whether a model may be merged is found out while it is served already.
        for (int round = 0; round < 200 && mergedMost("digits") < 2; round++) {
            assertThat(atOnce(requests)).isEqualTo(alone);
        }
        assertThat(atOnce(requests)).isEqualTo(alone);
        assertThat(mergedMost("digits")).isGreaterThan(1);
    }

    @Test
    void aModelThatMixesItsRowsIsNeverMerged() throws Exception {
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(json("mixing", Tensors.fp32("x", new long[] {1, 2}, i, -i * i)));
        }
        List<String> alone = inTurn(requests);
        for (int round = 0; round < 10; round++) {
            assertThat(atOnce(requests)).isEqualTo(alone);
        }
        assertThat(mergedMost("mixing")).isEqualTo(1);
    }

    @Test
    void aFixedBatchIsNeverMerged() throws Exception {
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            float[] values = new float[64];
            values[i % 64] = i;
            requests.add(json("fixed", Tensors.fp32("x", new long[] {1, 64}, values)));
        }
        List<String> alone = inTurn(requests);
        for (int round = 0; round < 10; round++) {
            assertThat(atOnce(requests)).isEqualTo(alone);
        }
        assertThat(mergedMost("fixed")).isEqualTo(1);
    }

    private static List<String> inTurn(List<Callable<String>> requests) throws Exception {
        List<String> replies = new ArrayList<>();
        for (Callable<String> request : requests) {
            replies.add(request.call());
        }
        return replies;
    }

    private static List<String> atOnce(List<Callable<String>> requests) throws Exception {
        List<String> replies = new ArrayList<>();
        for (Future<String> reply : clients.invokeAll(requests)) {
            replies.add(reply.get());
        }
        return replies;
    }

    /** The upper bound of the largest bucket of merged requests that has any. */
    private static double mergedMost(String model) throws Exception {
        Pattern bucket =
                Pattern.compile("ml_batch_requests_bucket\\{model=\"" + model + "\",.*le=\"([^\"]+)\"} (\\S+)");
        double most = 0;
        double before = 0;
        for (String line : server.get("/metrics").body().split("\n")) {
            Matcher matcher = bucket.matcher(line);
            if (matcher.matches()) {
                double count = Double.parseDouble(matcher.group(2));
                if (count > before) {
                    most = matcher.group(1).equals("+Inf")
                            ? Double.POSITIVE_INFINITY
                            : Double.parseDouble(matcher.group(1));
                }
                before = count;
            }
        }
        return most;
    }

    private static Tensor digits(int rows, Random random) {
        ByteBuffer data = ByteBuffer.allocate(rows * 64 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putFloat(random.nextFloat());
        }
        return new Tensor("image", Datatype.FP32, new long[] {rows, 1, 8, 8}, data.flip());
    }

    private static Callable<String> json(String model, Tensor input) throws Exception {
        byte[] body = InferenceJson.request(List.of(input));
        return () -> text(server.post("/v2/models/" + model + "/infer", body));
    }

    private static Callable<String> gzip(String model, Tensor input) throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(InferenceJson.request(List.of(input)));
        }
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
        return () -> text(server.send("/v2/models/" + model + "/infer", headers, compressed.toByteArray()));
    }

    private static Callable<String> grpc(String model, Tensor input) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (ByteBuffer data = input.data(); data.hasRemaining(); ) {
            contents.addFp32Contents(data.getFloat());
        }
        InferInputTensor.Builder tensor = InferInputTensor.newBuilder()
                .setName(input.name())
                .setDatatype(input.datatype().name())
                .setContents(contents);
        for (long size : input.shape()) {
            tensor.addShape(size);
        }
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(tensor)
                .build();
        // Compressed messages are read on another thread too.
        return () -> GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withCompression("gzip")
                .modelInfer(request)
                .toString();
    }

    private static String text(HttpResponse<byte[]> reply) {
        String body = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(reply.statusCode()).as(body).isEqualTo(200);
        return body;
    }
}
