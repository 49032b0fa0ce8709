package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.inference.Admission;
import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.inference.SharedResources;
import io.github.mlmaven.serving.inference.WatchedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server with one model {@code m} that gives {@code x} back, on one thread, where tests can stop it. */
final class WatchedServer implements AutoCloseable {

    static final String BODY = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.0]}]}";

    final Readiness readiness = new Readiness();
    final Admission admission;
    final WatchedModel model;
    final InferencePool pool = new InferencePool(1, 8);
    private final Models models;
    private final HttpEndpoint http;

    private WatchedServer(Path folder, HttpLimits limits, int maxQueue) throws Exception {
        this.admission = new Admission(maxQueue);
        this.model = new WatchedModel(new OnnxRuntimeEngine()
                .load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32), EngineOptions.DEFAULT));
        ModelFile file = new ModelFile("m.onnx", 1, new Digest("0".repeat(64)));
        this.models = new Models(List.of(new ServedModel(
                new ModelDescriptor("m", "1", ModelFormat.ONNX, List.of(file), model.contract()),
                model,
                BatchOptions.OFF,
                new SharedResources(pool, admission, ServingListener.NONE))));
        readiness.advance(Readiness.State.READY);
        this.http = HttpEndpoint.listen(0, limits, new Serving(() -> Optional.of(models), readiness, pool));
    }

    static WatchedServer start(Path folder) throws Exception {
        return start(folder, HttpLimits.DEFAULT, 8);
    }

    static WatchedServer start(Path folder, HttpLimits limits, int maxQueue) throws Exception {
        return new WatchedServer(folder, limits, maxQueue);
    }

    int port() {
        return http.port();
    }

    HttpEndpoint http() {
        return http;
    }

    /** Asks the model and reads the reply to its end. */
    String ask(String... headers) throws IOException {
        return RawHttp.exchange(port(), request("Connection: close\r\n" + String.join("", headers)));
    }

    /** A whole request; each header with its end of line. */
    static String request(String headers) {
        return "POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY.length() + "\r\n" + headers
                + "\r\n" + BODY;
    }

    @Override
    public void close() {
        // What waits at the gate would keep the pool.
        model.let(1_000_000);
        http.close();
        pool.close();
        models.close();
    }
}
