package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Answer;
import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Deadline;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.RequestMemory;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of inference from its complete body to its reply. Whatever happens there is exactly one reply: without
 * it the client would wait, and its body would keep its room, for ever.
 */
final class HttpExchange implements Answer {

    private static final System.Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** Larger bodies are read on the pool, so that an event loop's other clients need not wait. */
    private static final int MAX_ON_EVENT_LOOP = 64 << 10;

    private final HttpServerRequest request;
    private final ServedModel model;
    private final InferenceCodec codec;
    private final Deadline deadline;
    private final HeldBodies.Body body;
    private final Readiness readiness;
    private final IdleClients idle;
    private final Context context = Vertx.currentContext();
    private final Thread loop = Thread.currentThread();
    private final long received = System.nanoTime();
    private final RequestMemory memory = new RequestMemory();
    private volatile boolean left;
    private InferenceCodec.@Nullable Exchange exchange;

    HttpExchange(
            HttpServerRequest request,
            ServedModel model,
            InferenceCodec codec,
            Deadline deadline,
            HeldBodies.Body body,
            Readiness readiness,
            IdleClients idle) {
        this.request = request;
        this.model = model;
        this.codec = codec;
        this.deadline = deadline;
        this.body = body;
        this.readiness = readiness;
        this.idle = idle;
    }

    /** The body is complete. */
    void start(InferencePool pool) {
        idle.waits(request.connection());
        // The body is not released yet: the model may be reading it.
        request.exceptionHandler(lost -> left = true);
        if (body.length() <= MAX_ON_EVENT_LOOP) {
            decode();
        } else if (!pool.offer(this::decode)) {
            failed(new Failure(Failure.Kind.BUSY, "too many requests are waiting; try again"));
        }
    }

    private void decode() {
        InferenceCodec.Exchange decoded;
        try {
            decoded = codec.decode(new RequestBody(request.headers(), body.bytes(), memory), model.descriptor());
        } catch (TensorFormatException e) {
            failed(new Failure(Failure.Kind.INVALID, String.valueOf(e.getMessage())));
            return;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            failed(new Failure(Failure.Kind.BUSY, "not enough memory for this request now"));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            failed(new Failure(Failure.Kind.INTERNAL, "internal error"));
            return;
        }
        exchange = decoded;
        model.infer(
                new Call(codec.protocol(), decoded.request(), deadline, received),
                task -> context.runOnContext(later -> task.run()),
                this);
    }

    @Override
    public void computed(InferenceReply reply) {
        Reply written;
        try {
            written = Objects.requireNonNull(exchange).reply(reply);
        } catch (TensorFormatException e) {
            written = codec.failed(
                    new Failure(Failure.Kind.ENGINE, "the model's output cannot be written: " + e.getMessage()));
        }
        answer(written);
    }

    @Override
    public void failed(Failure failure) {
        answer(codec.failed(failure));
    }

    @Override
    public boolean wanted() {
        return !left;
    }

    private void answer(Reply reply) {
        if (Thread.currentThread() == loop) {
            send(reply);
        } else {
            context.runOnContext(back -> send(reply));
        }
    }

    private void send(Reply reply) {
        memory.close();
        body.release();
        idle.answered(request.connection());
        if (readiness.state() == Readiness.State.DRAINING) {
            reply.sendLast(request);
        } else {
            reply.send(request);
        }
    }
}
