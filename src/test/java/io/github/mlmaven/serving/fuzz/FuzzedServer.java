package io.github.mlmaven.serving.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.ApplicationFolder;
import io.github.mlmaven.serving.ForkedServer;
import io.github.mlmaven.serving.OnnxModels;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The server in a JVM of its own with little memory, so that what is not given back is missed. */
final class FuzzedServer implements AutoCloseable {

    /** A quarter of the heap and more: so much may be held at once, and so much only. */
    static final int MAX_BODY = 16 << 20;

    /** A model that no request of the fuzzing names, but those that are smuggled. */
    static final String CANARY = "canary";

    private static final List<String> OPTIONS = List.of(
            "-Xms64m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:+AlwaysPreTouch",
            // The compiler that optimizes takes tens of megabytes when it pleases.
            "-XX:TieredStopAtLevel=1",
            // Says on stderr when a buffer was collected that nobody had released, whichever it was.
            "-Dio.netty.leakDetection.level=simple",
            "-Dio.netty.leakDetection.samplingInterval=1");

    private final ForkedServer server;

    private FuzzedServer(ForkedServer server) {
        this.server = server;
    }

    static FuzzedServer start(Path folder) throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder);
        for (String model : List.of("add-sub", "breast-cancer-lgbm")) {
            application.add(model, "1", Path.of("src/test/models", model, "model.onnx"));
        }
        for (Datatype datatype : Datatype.values()) {
            String name = Document.model(datatype);
            application.add(name, "1", OnnxModels.identity(folder.resolve(name), datatype));
        }
        application.add("gather", "1", OnnxModels.gather(folder.resolve("gather")));
        application.add(CANARY, "1", OnnxModels.identity(folder.resolve(CANARY), Datatype.FP32));
        Map<String, String> environment = Map.of(
                "ML_MAX_BODY_BYTES", Integer.toString(MAX_BODY),
                "ML_DEFAULT_MODEL", "breast-cancer-lgbm",
                "AIP_MODE", "PREDICTION",
                "AIP_PREDICT_ROUTE", "/vertex",
                // Every thread's own pool of malloc would blur what the process takes.
                "MALLOC_ARENA_MAX", "1");
        return new FuzzedServer(ForkedServer.start(application.write(), folder, environment, OPTIONS));
    }

    int port() {
        return server.port();
    }

    /** Its memory as the system counts it, in KiB. */
    long residentKib() throws IOException {
        return Files.readAllLines(
                        Path.of("/proc", Long.toString(server.process().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** That it serves as before, holds nothing, and has nothing to complain of. */
    void assertUnharmed() throws Exception {
        assertThat(counted("ml_queue_depth{")).isEmpty();
        assertThat(counted("ml_requests_total{model=\"" + CANARY)).isEmpty();
        // Of HTTP no status from 500 on, of gRPC no UNKNOWN; where INTERNAL is right, its kind says so.
        assertThat(counted("ml_requests_refused_total{")).noneMatch(line -> line.matches(".*code=\"(5\\d\\d|2)\".*"));
        assertThat(counted("ml_request_errors_total{")).allMatch(line -> line.contains("kind=\"invalid\""));
        assertLargestBodyFits();
        assertThat(server.errors()).isEmpty();
    }

    /** The metrics of this name that are not zero. */
    private List<String> counted(String name) throws Exception {
        String metrics = server.get("/metrics").body();
        assertThat(metrics).contains("\nml_queue_depth{", "\nml_requests_total{", "\nml_request_errors_total{");
        return metrics.lines()
                .filter(line -> line.startsWith(name) && !line.endsWith(" 0.0"))
                .toList();
    }

    /** Room for one such body is all the room there is: were a single byte still held, it would not fit. */
    private void assertLargestBodyFits() throws Exception {
        String document = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.5]}]}";
        String largest = document + " ".repeat(MAX_BODY - document.length());
        String expected = "\"data\":[1.5]";
        HttpResponse<String> plain = server.post("/v2/models/identity-fp32/infer", largest);
        assertThat(plain.body()).contains(expected);
        HttpResponse<byte[]> compressed = server.send(
                "/v2/models/identity-fp32/infer", Map.of("Content-Encoding", "gzip"), ContentKinds.gzip(largest));
        assertThat(new String(compressed.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains(expected);
    }

    @Override
    public void close() {
        server.close();
    }
}
