package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Answer;
import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Deadline;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.RequestMemory;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of inference from its complete body to its reply. Whatever happens there is exactly one reply: without
 * it the client would wait, and its body would keep its room, for ever.
 */
final class HttpExchange implements Answer {

    private static final System.Logger LOG = System.getLogger(HttpExchange.class.getName());

    /** Larger bodies are read on the pool, so that an event loop's other clients need not wait. */
    private static final int MAX_ON_EVENT_LOOP = 64 << 10;

    /** Decompression makes at most a thousand times as much of them. */
    private static final int MAX_COMPRESSED_ON_EVENT_LOOP = 1 << 10;

    /** Smaller replies fit a packet as they are. */
    private static final int MIN_COMPRESSED_REPLY = 1 << 10;

    private final HttpServerRequest request;
    private final ServedModel model;
    private final boolean versioned;
    private final InferenceCodec codec;
    private final Deadline deadline;
    private final HeldBodies.Body body;
    private final long maxBody;
    private final Serving serving;
    private final IdleClients idle;
    private final Context context = Vertx.currentContext();
    private final Thread loop = Thread.currentThread();
    private final long received = System.nanoTime();
    private final RequestMemory memory = new RequestMemory();

    /** Of the reply's body, until that has been sent. */
    private final RequestMemory replyMemory = new RequestMemory();

    private volatile boolean left;

    /** What the body still is compressed with. */
    private Optional<ContentCoding> coding;

    private InferenceCodec.@Nullable Exchange exchange;
    private volatile Optional<Failure> failure = Optional.empty();

    HttpExchange(
            HttpServerRequest request,
            ServedModel model,
            boolean versioned,
            InferenceCodec codec,
            Deadline deadline,
            HeldBodies.Body body,
            long maxBody,
            Serving serving,
            IdleClients idle) {
        this.request = request;
        this.model = model;
        this.versioned = versioned;
        this.codec = codec;
        this.deadline = deadline;
        this.body = body;
        this.maxBody = maxBody;
        this.coding = Optional.ofNullable(request.getHeader("Content-Encoding")).flatMap(ContentCoding::named);
        this.serving = serving;
        this.idle = idle;
    }

    /** The body is complete. */
    void start() {
        idle.waits(request);
        // The body is not released yet: the model may be reading it.
        request.exceptionHandler(lost -> left = true);
        request.response().exceptionHandler(lost -> left = true);
        int most = coding.isPresent() ? MAX_COMPRESSED_ON_EVENT_LOOP : MAX_ON_EVENT_LOOP;
        if (body.length() <= most) {
            decode();
        } else if (!serving.pool().offer(this::decode)) {
            failed(new Failure(Failure.Kind.BUSY, "too many requests are waiting; try again"));
        }
    }

    private void decode() {
        ServedModel asked = model;
        while (!decode(asked)) {
            // It was replaced, or unloaded, while the body was on its way.
            Optional<ServedModel> now = current();
            if (now.isEmpty() || now.get() == asked) {
                String version = versioned ? " " + model.descriptor().version() : "";
                String name = model.descriptor().name() + version;
                failed(new Failure(Failure.Kind.NOT_FOUND, "model " + name + " has been unloaded"));
                return;
            }
            asked = now.get();
        }
    }

    private Optional<ServedModel> current() {
        return serving.models()
                .get()
                .flatMap(models -> models.named(model.descriptor().name()))
                .filter(now -> !versioned
                        || now.descriptor().version().equals(model.descriptor().version()));
    }

    /** False when the model has been replaced; then nothing has happened. */
    private boolean decode(ServedModel asked) {
        InferenceCodec.Exchange decoded;
        try {
            if (coding.isPresent() && !decompress(coding.get())) {
                return true;
            }
            decoded = codec.decode(new RequestBody(request.headers(), body.bytes(), memory), asked.descriptor());
        } catch (TensorFormatException e) {
            failed(new Failure(Failure.Kind.INVALID, String.valueOf(e.getMessage())));
            return true;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            failed(new Failure(Failure.Kind.BUSY, "not enough memory for this request now"));
            return true;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            failed(new Failure(Failure.Kind.INTERNAL, "internal error"));
            return true;
        }
        exchange = decoded;
        Call call = new Call(codec.protocol(), decoded.request(), deadline, received);
        return Thread.currentThread() == loop
                ? asked.infer(call, task -> context.runOnContext(later -> task.run()), this)
                : asked.infer(call, this);
    }

    /** False when that was answered already. */
    private boolean decompress(ContentCoding compressed) throws TensorFormatException {
        switch (body.decode(compressed, maxBody)) {
            case WHOLE -> {
                coding = Optional.empty();
                return true;
            }
            case TOO_LARGE -> answer(Reply.tooLarge(maxBody, "more"));
            case NO_ROOM -> failed(new Failure(Failure.Kind.BUSY, "too many bytes of requests are waiting; try again"));
        }
        return false;
    }

    @Override
    public void computed(InferenceReply reply) {
        if (deadline.expired()) {
            failed(new Failure(Failure.Kind.EXPIRED, "the deadline passed while the model ran"));
            return;
        }
        Reply written;
        try {
            written = Objects.requireNonNull(exchange).reply(reply, replyMemory);
        } catch (TensorFormatException e) {
            written = failure(
                    new Failure(Failure.Kind.ENGINE, "the model's output cannot be written: " + e.getMessage()));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            written = failure(new Failure(Failure.Kind.BUSY, "not enough memory for this reply now"));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a reply failed", e);
            written = failure(new Failure(Failure.Kind.INTERNAL, "internal error"));
        }
        Optional<ContentCoding> accepted = written.body().length() > MIN_COMPRESSED_REPLY
                ? AcceptEncoding.preferred(request.getHeader("Accept-Encoding"))
                : Optional.empty();
        if (accepted.isPresent()) {
            compress(written, accepted.get());
        } else {
            answer(written);
        }
    }

    private void compress(Reply reply, ContentCoding accepted) {
        boolean here = Thread.currentThread() != loop || reply.body().length() <= MAX_ON_EVENT_LOOP;
        if (here || !serving.pool().offer(() -> answer(reply.encoded(accepted, replyMemory)))) {
            answer(here ? reply.encoded(accepted, replyMemory) : reply);
        }
    }

    @Override
    public void failed(Failure why) {
        answer(failure(why));
    }

    private Reply failure(Failure why) {
        failure = Optional.of(why);
        return codec.failed(why);
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
        boolean last = serving.readiness().state() == Readiness.State.DRAINING;
        if (reply.isLarge()) {
            idle.reads(request);
            reply.send(request, last, () -> idle.reads(request)).onComplete(sent -> {
                replyMemory.close();
                idle.answered(request);
            });
        } else {
            idle.answered(request);
            reply.send(request, last, () -> {}).onComplete(sent -> replyMemory.close());
        }
        if (exchange == null) {
            serving.listener().refused(codec.protocol(), reply.status());
        }
        long nanos = System.nanoTime() - received;
        String name = model.descriptor().name();
        RequestReport.ended(serving.listener(), request, codec.protocol(), name, reply, failure, nanos);
    }
}
