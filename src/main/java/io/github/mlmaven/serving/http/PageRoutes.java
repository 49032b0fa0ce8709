package io.github.mlmaven.serving.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** {@code /}: the page to try the models. */
final class PageRoutes implements Routes {

    private static final System.Logger LOG = System.getLogger(PageRoutes.class.getName());

    private final Responder responder;

    /** Null until the first request: most servers are never looked at. */
    private @Nullable Future<Reply> page;

    PageRoutes(Responder responder) {
        this.responder = responder;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        if (!request.path().equals("/")) {
            return false;
        }
        responder.only("GET", request, () -> page().onSuccess(page -> responder.send(request, page)));
        return true;
    }

    private Future<Reply> page() {
        if (page == null) {
            page = Vertx.currentContext().executeBlocking(Page::read, false).otherwise(failure -> {
                LOG.log(Level.ERROR, "the page cannot be read", failure);
                return Reply.error(500, "internal error");
            });
        }
        return page;
    }
}
