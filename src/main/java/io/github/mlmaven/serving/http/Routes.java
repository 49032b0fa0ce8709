package io.github.mlmaven.serving.http;

import io.vertx.core.http.HttpServerRequest;

/** The paths of one protocol, for one event loop. */
public interface Routes {

    /** Answers the request, now or later; false when the path is none of its own. */
    boolean handle(HttpServerRequest request);

    /** Makes them for an event loop; how a protocol that is not of this package joins the server. */
    @FunctionalInterface
    interface Factory {

        /** Called once on each event loop, at start. */
        Routes create(LoopScope scope);
    }
}
