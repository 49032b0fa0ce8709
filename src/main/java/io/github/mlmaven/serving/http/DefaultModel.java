package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.ServedModel;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** The model of those protocols whose paths name none: the one that the environment names, or the only one. */
final class DefaultModel {

    static final String VARIABLE = "ML_DEFAULT_MODEL";

    private final Optional<String> name;
    private final Responder responder;

    /** @param name the model's name, where the environment gives one */
    DefaultModel(Optional<String> name, Responder responder) {
        this.name = name;
        this.responder = responder;
    }

    /** Goes on with the model, or says why there is none. */
    void find(HttpServerRequest request, Consumer<ServedModel> next) {
        responder.loaded(request, loaded -> {
            Optional<ServedModel> found = name.or(() -> only(loaded)).flatMap(loaded::named);
            if (found.isPresent()) {
                next.accept(found.get());
            } else {
                responder.send(request, Reply.error(404, missing(loaded)));
            }
        });
    }

    private static Optional<String> only(Models loaded) {
        return loaded.names().size() == 1 ? Optional.of(loaded.names().get(0)) : Optional.empty();
    }

    private String missing(Models loaded) {
        String names = String.join(", ", loaded.names());
        return name.map(given -> VARIABLE + ": unknown model " + given + ": expected " + names)
                .orElse("this path names no model, and there are several: set " + VARIABLE + " to one of " + names);
    }
}
