package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.grpc.Infer;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks a server for golden predictions, over both protocols. */
final class Predictions {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final int port;

    Predictions(int port) {
        this.port = port;
    }

    /**
     * Asserts that a model predicts what its golden data say, over HTTP and over gRPC.
     *
     * @param model its name
     * @param golden a folder with {@code test_data_set_0} and so on
     */
    void areGolden(String model, Path golden) throws Exception {
        List<Path> cases;
        try (Stream<Path> folders = Files.list(golden)) {
            cases = folders.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(cases).as("golden data in " + golden).isNotEmpty();
        ServerClient rest = new ServerClient(port, TIMEOUT);
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            for (Path folder : cases) {
                List<Tensor> inputs = GoldenFiles.read(folder, "input");
                byte[] reply = rest.post("/v2/models/" + model + "/infer", InferenceJson.request(inputs));
                expect(folder, InferenceJson.tensors(reply, "outputs"));
                expect(
                        folder,
                        Infer.rawOutputs(GRPCInferenceServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                                .modelInfer(Infer.raw(model, inputs))));
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static void expect(Path golden, List<Tensor> outputs) throws IOException {
        List<Tensor> expected = GoldenFiles.read(golden, "output");
        assertThat(outputs).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Comparison.compare(expected.get(i), outputs.get(i), Tolerance.DEFAULT)
                            .mismatch())
                    .as(golden + " " + expected.get(i).name())
                    .isEmpty();
        }
    }
}
