package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.protocol.StatusDocuments;
import io.github.mlmaven.serving.statistics.ModelStatistics;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The paths of the Open Inference Protocol v2, versioned and not, with and without a slash at the end. */
final class InferenceRoutes implements Routes {

    /** By the names that Triton gave them. */
    private static final List<String> EXTENSIONS = List.of("binary_tensor_data", "statistics");

    private static final List<String> EXTENSIONS_WITH_REPOSITORY =
            List.of("binary_tensor_data", "statistics", "model_repository");

    private final Supplier<Optional<Models>> models;
    private final Readiness readiness;
    private final InferenceHandler inference;
    private final InferenceCodec codec = new OpenInferenceCodec();
    private final ModelStatistics statistics;
    private final ServingListener listener;
    private final byte[] server;

    InferenceRoutes(Serving serving, InferenceHandler inference) {
        this.models = serving.models();
        this.readiness = serving.readiness();
        this.inference = inference;
        this.statistics = serving.statistics();
        this.listener = serving.listener();
        this.server = StatusDocuments.server(
                "ml-maven-plugin",
                serving.version(),
                serving.repository().isPresent() ? EXTENSIONS_WITH_REPOSITORY : EXTENSIONS);
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        Optional<List<String>> segments = segments(request.path());
        segments.ifPresent(path -> route(request, path));
        return segments.isPresent();
    }

    private void route(HttpServerRequest request, List<String> path) {
        switch (path.size()) {
            case 0 -> get(request, () -> Reply.ok(server));
            case 1 -> {
                if (path.get(0).equals("models")) {
                    loaded(request, loaded -> get(request, () -> Reply.ok(StatusDocuments.models(loaded.names()))));
                } else {
                    send(request, noSuchPath(request));
                }
            }
            default -> {
                switch (path.get(0)) {
                    case "health" -> health(request, path.subList(1, path.size()));
                    case "models" -> loaded(request, loaded -> models(request, loaded, path.subList(1, path.size())));
                    default -> send(request, noSuchPath(request));
                }
            }
        }
    }

    private void health(HttpServerRequest request, List<String> path) {
        if (path.equals(List.of("live"))) {
            get(request, () -> Reply.ok(StatusDocuments.flag("live", true)));
        } else if (path.equals(List.of("ready"))) {
            get(request, () -> Reply.of(isReady() ? 200 : 503, StatusDocuments.flag("ready", isReady())));
        } else {
            send(request, noSuchPath(request));
        }
    }

    /** @param path {@code stats}, or a model's */
    private void models(HttpServerRequest request, Models loaded, List<String> path) {
        if (path.equals(List.of("stats"))) {
            get(request, () -> Reply.ok(statistics.document(descriptors(loaded))));
        } else {
            model(request, loaded, path);
        }
    }

    private static List<ModelDescriptor> descriptors(Models loaded) {
        return loaded.names().stream()
                .flatMap(name -> loaded.named(name).stream())
                .map(ServedModel::descriptor)
                .toList();
    }

    /** @param path {@code NAME[/versions/VERSION][/ready|/infer|/stats]} */
    private void model(HttpServerRequest request, Models loaded, List<String> path) {
        String name = path.get(0);
        Optional<ServedModel> found = loaded.named(name);
        if (found.isEmpty()) {
            send(
                    request,
                    Reply.error(404, "unknown model " + name + ": expected " + String.join(", ", loaded.names())));
            return;
        }
        ServedModel model = found.get();
        List<String> rest = path.subList(1, path.size());
        boolean versioned = rest.size() >= 2 && rest.get(0).equals("versions");
        if (versioned) {
            String version = model.descriptor().version();
            if (!rest.get(1).equals(version)) {
                send(
                        request,
                        Reply.error(
                                404, "unknown version " + rest.get(1) + " of model " + name + ": expected " + version));
                return;
            }
            rest = rest.subList(2, rest.size());
        }
        if (rest.isEmpty()) {
            get(request, () -> Reply.ok(metadata(model)));
        } else if (rest.equals(List.of("ready"))) {
            get(request, () -> Reply.of(isReady() ? 200 : 503, StatusDocuments.modelReady(name, isReady())));
        } else if (rest.equals(List.of("stats"))) {
            get(request, () -> Reply.ok(statistics.document(List.of(model.descriptor()))));
        } else if (rest.equals(List.of("infer"))) {
            if (request.method().equals(HttpMethod.POST)) {
                inference.handle(request, model, versioned, codec);
            } else {
                send(request, Reply.notAllowed(request.method().name(), "POST"));
            }
        } else {
            send(request, noSuchPath(request));
        }
    }

    private static byte[] metadata(ServedModel model) {
        return StatusDocuments.model(
                model.descriptor(), List.of(model.descriptor().version()), model.platform());
    }

    private interface WithModels {
        void handle(Models loaded);
    }

    private void loaded(HttpServerRequest request, WithModels handler) {
        Optional<Models> loaded = models.get();
        if (loaded.isPresent()) {
            handler.handle(loaded.get());
        } else {
            send(request, Reply.busy("not ready: the models are being loaded"));
        }
    }

    private void get(HttpServerRequest request, Supplier<Reply> reply) {
        boolean allowed = request.method().equals(HttpMethod.GET);
        send(request, allowed ? reply.get() : Reply.notAllowed(request.method().name(), "GET"));
    }

    private void send(HttpServerRequest request, Reply reply) {
        if (readiness.state() == Readiness.State.DRAINING) {
            reply.sendLast(request);
        } else {
            reply.send(request);
        }
        RequestReport.refused(listener, request, reply);
    }

    private boolean isReady() {
        return readiness.state() == Readiness.State.READY;
    }

    static Reply noSuchPath(HttpServerRequest request) {
        return Reply.error(404, "no such path: " + request.path());
    }

    /** What follows {@code /v2}, decoded; empty when the path is another. */
    private static Optional<List<String>> segments(String path) {
        if (!path.equals("/v2") && !path.startsWith("/v2/")) {
            return Optional.empty();
        }
        String rest = path.substring("/v2".length());
        if (rest.isEmpty() || rest.equals("/")) {
            return Optional.of(List.of());
        }
        try {
            // A plus is a plus in a path; URLDecoder is made for forms.
            return Optional.of(Arrays.stream(rest.substring(1).split("/"))
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
