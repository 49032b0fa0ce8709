package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Deadline;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one way of inference through HTTP, whatever the protocol: takes a request's body in, within the limits, and has
 * it computed. One for each event loop.
 */
final class InferenceHandler {

    private static final System.Logger LOG = System.getLogger(InferenceHandler.class.getName());

    private static final String TIMEOUT = "X-Request-Timeout-Ms";

    private final Serving serving;
    private final long maxBody;
    private final Duration maxIdle;
    private final HeldBodies held;
    private final IdleClients idle;

    InferenceHandler(LoopScope scope) {
        this.serving = scope.serving();
        this.maxBody = scope.limits().maxBodyBytes();
        this.maxIdle = scope.limits().idle();
        this.held = scope.held();
        this.idle = scope.idle();
    }

    /** Of whatever version is served when the body is complete. */
    void handle(HttpServerRequest request, ServedModel model, InferenceCodec codec) {
        handle(request, model, false, codec);
    }

    /** @param versioned whether the request is for this version alone */
    void handle(HttpServerRequest request, ServedModel model, boolean versioned, InferenceCodec codec) {
        if (serving.readiness().state() == Readiness.State.STARTING) {
            refuse(request, model, codec, Reply.busy("not ready: the models are being loaded"));
            return;
        }
        Optional<Reply> refusal = codec.refusal(request).or(() -> refusal(request));
        if (refusal.isPresent()) {
            refuse(request, model, codec, refusal.get());
            return;
        }
        Deadline deadline;
        try {
            deadline = deadline(request);
        } catch (TensorFormatException e) {
            Failure failure = new Failure(Failure.Kind.INVALID, String.valueOf(e.getMessage()));
            refuse(request, model, codec, codec.failed(failure));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        HeldBodies.Body body = held.open();
        BodyPace pace = BodyPace.from(maxIdle);
        idle.receives(request);
        HttpExchange exchange =
                new HttpExchange(request, model, versioned, codec, deadline, body, maxBody, serving, idle);
        request.handler(chunk -> {
            idle.heard(request);
            Optional<Reply> problem = take(chunk, body, pace);
            if (problem.isPresent()) {
                // What still comes is dropped.
                body.release();
                refuse(request, model, codec, problem.get());
            }
        });
        request.exceptionHandler(lost -> {
            body.release();
            Optional<Reply> broken = StrictRequests.brokenBody(lost);
            if (broken.isPresent() && !request.response().ended()) {
                refuse(request, model, codec, broken.get());
            }
        });
        request.endHandler(end -> exchange.start());
    }

    private Optional<Reply> take(Buffer chunk, HeldBodies.Body body, BodyPace pace) {
        // A body without a length is counted as it comes.
        if (body.length() + chunk.length() > maxBody) {
            return Optional.of(Reply.tooLarge(maxBody, "more"));
        }
        try {
            if (!body.append(chunk)) {
                return Optional.of(Reply.busy("too many bytes of requests are waiting; try again"));
            }
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            return Optional.of(Reply.busy("not enough memory for this request now"));
        }
        return pace.tooSlow(body.length()) ? Optional.of(pace.reply(body.length())) : Optional.empty();
    }

    private void refuse(HttpServerRequest request, ServedModel model, InferenceCodec codec, Reply reply) {
        reply.refuse(request);
        serving.listener().refused(codec.protocol(), reply.status());
        String name = model.descriptor().name();
        RequestReport.ended(serving.listener(), request, codec.protocol(), name, reply, Optional.empty(), 0);
    }

    /** What the headers alone are refused for in every protocol. */
    private Optional<Reply> refusal(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll("Content-Encoding");
        // Several headers are one list (RFC 9110 §5.3), and a list is more than one coding.
        String encoding = String.join(", ", encodings);
        if (!encodings.isEmpty()
                && !encoding.equalsIgnoreCase("identity")
                && ContentCoding.named(encoding).isEmpty()) {
            return Optional.of(
                    Reply.error(415, "expected Content-Encoding gzip, deflate or identity, found " + encoding)
                            .with("Accept-Encoding", "gzip, deflate"));
        }
        String length = request.getHeader("Content-Length");
        if (length != null) {
            try {
                if (Long.parseLong(length) > maxBody) {
                    return Optional.of(Reply.tooLarge(maxBody, length));
                }
            } catch (NumberFormatException e) {
                return Optional.of(Reply.error(400, "expected a number as Content-Length, found " + length));
            }
        }
        return Optional.empty();
    }

    private static Deadline deadline(HttpServerRequest request) throws TensorFormatException {
        String millis = request.getHeader(TIMEOUT);
        if (millis == null) {
            return Deadline.NONE;
        }
        try {
            int time = Integer.parseInt(millis);
            if (time > 0) {
                return Deadline.after(Duration.ofMillis(time));
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new TensorFormatException(
                TIMEOUT + ": expected a number from 1 to " + Integer.MAX_VALUE + ", found " + millis);
    }
}
