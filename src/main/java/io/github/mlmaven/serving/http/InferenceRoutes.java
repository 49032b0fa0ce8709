package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.StatusDocuments;
import io.github.mlmaven.serving.statistics.ModelStatistics;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** The paths of the Open Inference Protocol v2, versioned and not, with and without a slash at the end. */
final class InferenceRoutes implements Routes {

    /** By the names that Triton gave them. */
    private static final List<String> EXTENSIONS = List.of("binary_tensor_data", "statistics");

    private static final List<String> EXTENSIONS_WITH_REPOSITORY =
            List.of("binary_tensor_data", "statistics", "model_repository");

    private final Responder responder;
    private final InferenceHandler inference;
    private final InferenceCodec codec = new OpenInferenceCodec();
    private final ModelStatistics statistics;
    private final byte[] server;

    InferenceRoutes(Responder responder, InferenceHandler inference) {
        Serving serving = responder.serving();
        this.responder = responder;
        this.inference = inference;
        this.statistics = serving.statistics();
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
            case 0 -> responder.get(request, () -> Reply.ok(server));
            case 1 -> {
                if (path.get(0).equals("models")) {
                    responder.loaded(
                            request,
                            loaded -> responder.get(request, () -> Reply.ok(StatusDocuments.models(loaded.names()))));
                } else {
                    responder.noSuchPath(request);
                }
            }
            default -> {
                switch (path.get(0)) {
                    case "health" -> health(request, path.subList(1, path.size()));
                    case "models" ->
                        responder.loaded(request, loaded -> models(request, loaded, path.subList(1, path.size())));
                    default -> responder.noSuchPath(request);
                }
            }
        }
    }

    private void health(HttpServerRequest request, List<String> path) {
        if (path.equals(List.of("live"))) {
            responder.get(request, () -> Reply.ok(StatusDocuments.flag("live", true)));
        } else if (path.equals(List.of("ready"))) {
            responder.get(
                    request,
                    () -> Reply.of(
                            responder.isReady() ? 200 : 503, StatusDocuments.flag("ready", responder.isReady())));
        } else {
            responder.noSuchPath(request);
        }
    }

    /** @param path {@code stats}, or a model's */
    private void models(HttpServerRequest request, Models loaded, List<String> path) {
        if (path.equals(List.of("stats"))) {
            responder.get(request, () -> Reply.ok(statistics.document(descriptors(loaded))));
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
            responder.send(
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
                responder.send(
                        request,
                        Reply.error(
                                404, "unknown version " + rest.get(1) + " of model " + name + ": expected " + version));
                return;
            }
            rest = rest.subList(2, rest.size());
        }
        if (rest.isEmpty()) {
            responder.get(request, () -> Reply.ok(metadata(model)));
        } else if (rest.equals(List.of("ready"))) {
            responder.get(
                    request,
                    () -> Reply.of(
                            responder.isReady() ? 200 : 503, StatusDocuments.modelReady(name, responder.isReady())));
        } else if (rest.equals(List.of("stats"))) {
            responder.get(request, () -> Reply.ok(statistics.document(List.of(model.descriptor()))));
        } else if (rest.equals(List.of("infer"))) {
            responder.only("POST", request, () -> inference.handle(request, model, versioned, codec));
        } else {
            responder.noSuchPath(request);
        }
    }

    private static byte[] metadata(ServedModel model) {
        return StatusDocuments.model(
                model.descriptor(), List.of(model.descriptor().version()), model.platform());
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
        return UrlPath.segments(rest.substring(1));
    }
}
