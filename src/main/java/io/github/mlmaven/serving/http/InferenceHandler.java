package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.InvalidRequestException;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/** Takes an inference request's body in, within its limit, and runs it on the pool. */
final class InferenceHandler {

    private static final System.Logger LOG = System.getLogger(InferenceHandler.class.getName());

    private final Readiness readiness;
    private final InferencePool pool;
    private final long maxBody;
    private final HeldBodies held;
    private final IdleClients idle;

    InferenceHandler(Readiness readiness, InferencePool pool, HttpLimits limits, IdleClients idle) {
        this.readiness = readiness;
        this.pool = pool;
        this.maxBody = limits.maxBodyBytes();
        this.held = new HeldBodies(limits.maxHeldBytes());
        this.idle = idle;
    }

    void handle(HttpServerRequest request, ServedModel model) {
        if (readiness.state() == Readiness.State.STARTING) {
            Reply.busy("not ready: the models are being loaded").refuse(request);
            return;
        }
        Optional<Reply> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().refuse(request);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        HeldBodies.Body body = held.open();
        request.handler(chunk -> {
            idle.heard(request.connection());
            // A body without a length is counted as it comes; after the refusal, what still comes is dropped.
            if (body.length() + chunk.length() > maxBody) {
                body.release();
                tooLarge("more").refuse(request);
            } else if (!body.append(chunk)) {
                body.release();
                Reply.busy("too many bytes of requests are waiting; try again").refuse(request);
            }
        });
        request.exceptionHandler(lost -> body.release());
        request.endHandler(end -> run(request, model, body));
    }

    private void run(HttpServerRequest request, ServedModel model, HeldBodies.Body body) {
        Context context = Vertx.currentContext();
        idle.waits(request.connection());
        boolean queued = pool.offer(() -> {
            Reply reply = infer(model, body);
            context.runOnContext(back -> {
                body.release();
                answer(request, reply);
            });
        });
        if (!queued) {
            body.release();
            answer(request, Reply.busy("too many requests are waiting; try again"));
        }
    }

    private void answer(HttpServerRequest request, Reply reply) {
        idle.answered(request.connection());
        send(request, reply);
    }

    /** What the headers alone are refused for. */
    private Optional<Reply> refusal(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        if (type != null && !isJson(type)) {
            return Optional.of(Reply.error(415, "expected Content-Type application/json, found " + type));
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(Reply.error(415, "expected no Content-Encoding, found " + encoding));
        }
        String length = request.getHeader("Content-Length");
        if (length != null) {
            try {
                if (Long.parseLong(length) > maxBody) {
                    return Optional.of(tooLarge(length));
                }
            } catch (NumberFormatException e) {
                return Optional.of(Reply.error(400, "expected a number as Content-Length, found " + length));
            }
        }
        return Optional.empty();
    }

    private static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.toLowerCase(Locale.ROOT).equals("application/json");
    }

    private Reply tooLarge(String found) {
        return Reply.error(413, "the body is too large: expected at most " + maxBody + " bytes, found " + found);
    }

    /** Always a reply: without one the client would wait, and its body would keep its room, for ever. */
    private static Reply infer(ServedModel model, HeldBodies.Body body) {
        try {
            InferenceReply reply = model.infer(InferenceDocuments.read(body.bytes()));
            return written(reply);
        } catch (TensorFormatException | InvalidRequestException e) {
            return Reply.error(400, String.valueOf(e.getMessage()));
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "model {0} failed: {1}", model.descriptor().name(), e.getMessage());
            return Reply.error(500, "the engine failed: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            return Reply.busy("not enough memory for this request now");
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            return Reply.error(500, "internal error");
        }
    }

    private static Reply written(InferenceReply reply) {
        try {
            return Reply.ok(InferenceDocuments.write(reply));
        } catch (TensorFormatException e) {
            return Reply.error(500, "the model's output cannot be written: " + e.getMessage());
        }
    }

    private void send(HttpServerRequest request, Reply reply) {
        if (readiness.state() == Readiness.State.DRAINING) {
            reply.sendLast(request);
        } else {
            reply.send(request);
        }
    }
}
