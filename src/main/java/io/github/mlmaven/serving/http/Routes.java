package io.github.mlmaven.serving.http;

import io.vertx.core.http.HttpServerRequest;

/** The paths of one protocol. */
interface Routes {

    /** Answers the request, now or later; false when the path is none of its own. */
    boolean handle(HttpServerRequest request);
}
