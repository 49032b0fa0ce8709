package io.github.mlmaven.serving.bench;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.ApplicationFolder;
import io.github.mlmaven.serving.ForkedServer;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests per second of breast-cancer-lgbm, one row each: JSON → run → JSON in this process on two threads, and the
 * same over HTTP with {@code wrk} on 32 connections. Arguments: {@code [SECONDS [NATIVES_FOLDER]]}; needs wrk.
 */
public final class ServingBench {

    private static final Path MODEL = Path.of("src/test/models/breast-cancer-lgbm");

    private ServingBench() {}

    /** Runs it from the project's folder. */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        List<String> options = args.length > 1 ? List.of("-Donnxruntime.native.path=" + args[1]) : List.of();
        byte[] request = InferenceJson.request(GoldenFiles.read(MODEL.resolve("test_data_set_0"), "input"));
        inProcess(request, seconds);
        overHttp(request, seconds, options);
    }

    private static void inProcess(byte[] request, int seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LoadedModel model = new OnnxRuntimeEngine().load(MODEL.resolve("model.onnx"), EngineOptions.DEFAULT)) {
            List<Tensor> parsed = InferenceJson.tensors(request, "inputs");
            List<String> outputs =
                    model.contract().outputs().stream().map(TensorSpec::name).toList();
            report("session.run, 1 thread", threads, 1, seconds, () -> model.run(parsed, outputs));
            report("session.run, 2 threads", threads, 2, seconds, () -> model.run(parsed, outputs));
            report("JSON -> tensors -> JSON, 2 threads", threads, 2, seconds, () -> {
                InferenceRequest read = InferenceDocuments.read(request);
                return InferenceDocuments.write(new InferenceReply("m", "1", Optional.empty(), read.inputs()));
            });
            report("JSON -> run -> JSON, 2 threads", threads, 2, seconds, () -> {
                InferenceRequest read = InferenceDocuments.read(request);
                return InferenceDocuments.write(
                        new InferenceReply("m", "1", Optional.empty(), model.run(read.inputs(), outputs)));
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static void report(String what, ExecutorService threads, int count, int seconds, Callable<?> once)
            throws Exception {
        loop(threads, count, 3, once);
        System.out.printf("%-36s %,10d /s%n", what, loop(threads, count, seconds, once) / seconds);
    }

    private static long loop(ExecutorService threads, int count, int seconds, Callable<?> once) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Future<Long>> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(threads.submit(() -> {
                long done = 0;
                for (; System.nanoTime() < end; done++) {
                    once.call();
                }
                return done;
            }));
        }
        long total = 0;
        for (Future<Long> run : runs) {
            total += run.get();
        }
        return total;
    }

    private static void overHttp(byte[] request, int seconds, List<String> options) throws Exception {
        Path work = Files.createTempDirectory("serving-bench-");
        ApplicationFolder application = ApplicationFolder.withModelFolder(work)
                .add("breast-cancer", "1", MODEL.resolve("model.onnx"))
                .write();
        Path script = Files.writeString(
                work.resolve("post.lua"),
                "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [["
                        + new String(request, StandardCharsets.UTF_8) + "]]\n");
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            try (ForkedServer server = ForkedServer.start(application, work, Map.of(), options)) {
                int status =
                        server.post("/v2/models/breast-cancer/infer", request).statusCode();
                System.out.printf(
                        "cold start: process start to first %d: %d ms; %s%n",
                        status,
                        (System.nanoTime() - start) / 1_000_000,
                        server.stdout().get(1));
            }
        }
        try (ForkedServer server = ForkedServer.start(application, work, Map.of(), options)) {
            String url = "http://127.0.0.1:" + server.port() + "/v2/models/breast-cancer/infer";
            wrk(3, script, url);
            Duration before = server.process().info().totalCpuDuration().orElse(Duration.ZERO);
            String report = wrk(seconds, script, url);
            Duration spent = server.process()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .minus(before);
            System.out.print(report);
            Matcher requests = Pattern.compile("(\\d+) requests in").matcher(report);
            if (requests.find()) {
                // Unlike the rate, hardly moved by whatever else the machine does.
                System.out.printf(
                        "server CPU per request: %.1f us%n",
                        spent.toNanos() / 1000.0 / Long.parseLong(requests.group(1)));
            }
        }
    }

    private static String wrk(int seconds, Path script, String url) throws IOException {
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c32", "-d" + seconds, "--latency", "-s", script.toString(), url)
                .redirectErrorStream(true)
                .start();
        return new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
