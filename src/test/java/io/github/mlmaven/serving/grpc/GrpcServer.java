package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.http.HttpEndpoint;
import io.github.mlmaven.serving.http.HttpLimits;
import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.Admission;
import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.inference.SharedResources;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The server in this process, with the models of the tests and one that gives back what it gets for each datatype. */
final class GrpcServer implements AutoCloseable {

    static final HttpLimits LIMITS = HttpLimits.ofBody(8 << 20);

    final Readiness readiness = new Readiness();
    final InferencePool pool = new InferencePool(1, 64);
    final HttpEndpoint http;
    final ManagedChannel channel;
    private volatile Optional<Models> models = Optional.empty();

    /** Listens, ready with one model in whatever engine. */
    static GrpcServer ready(HttpLimits limits, String name, LoadedModel model) throws Exception {
        GrpcServer server = new GrpcServer(limits);
        ModelFile file = new ModelFile("model.onnx", 1, new Digest("0".repeat(64)));
        server.models = Optional.of(new Models(List.of(server.served(name, file, model))));
        server.readiness.advance(Readiness.State.READY);
        return server;
    }

    private GrpcServer(HttpLimits limits) throws Exception {
        Serving serving = new Serving(() -> models, readiness, pool);
        GrpcServices grpc = new GrpcServices(serving);
        http = HttpEndpoint.listen(List.of(0, 0), limits, serving, List.of(scope -> new GrpcRoutes(grpc, scope)));
        channel = channel(http.port());
    }

    /** Listens, with its models still being loaded. */
    static GrpcServer starting(HttpLimits limits) throws Exception {
        return new GrpcServer(limits);
    }

    /** Ready, with all models. */
    static GrpcServer ready(HttpLimits limits, Path folder) throws Exception {
        GrpcServer server = new GrpcServer(limits);
        server.load(folder);
        return server;
    }

    void load(Path folder) throws Exception {
        List<ServedModel> served = new ArrayList<>();
        for (String name : List.of("add-sub", "breast-cancer-lgbm", "digits-cnn")) {
            served.add(model(name, Path.of("src/test/models", name, "model.onnx")));
        }
        for (Datatype datatype : Datatype.values()) {
            String name = "identity-" + datatype.name().toLowerCase(Locale.ROOT);
            served.add(model(name, OnnxModels.identity(folder.resolve(name + ".onnx"), datatype)));
        }
        served.add(model("gather", OnnxModels.gather(folder.resolve("gather.onnx"))));
        models = Optional.of(new Models(served));
        readiness.advance(Readiness.State.READY);
    }

    private ServedModel model(String name, Path onnx) throws Exception {
        LoadedModel loaded = new OnnxRuntimeEngine().load(onnx, EngineOptions.DEFAULT);
        return served(name, new ModelFile("model.onnx", Files.size(onnx), new Digest("0".repeat(64))), loaded);
    }

    private ServedModel served(String name, ModelFile file, LoadedModel loaded) {
        return new ServedModel(
                new ModelDescriptor(name, "1", ModelFormat.ONNX, List.of(file), loaded.contract()),
                loaded,
                BatchOptions.DEFAULT,
                new SharedResources(pool, new Admission(64), ServingListener.NONE));
    }

    static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        http.close();
        pool.close();
        models.ifPresent(Models::close);
    }
}
