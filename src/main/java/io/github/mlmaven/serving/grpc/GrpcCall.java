package io.github.mlmaven.serving.grpc;

import com.google.protobuf.MessageLite;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.serving.http.LoopScope;
import io.github.mlmaven.serving.http.Reply;
import io.github.mlmaven.serving.inference.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** One call: a stream of HTTP/2. Everything but {@link #left}, {@link #frame} and {@link #onLoop} is for its event loop. */
final class GrpcCall {

    private static final System.Logger LOG = System.getLogger(GrpcCall.class.getName());

    private final HttpServerRequest request;
    private final LoopScope scope;
    private final Context context = Vertx.currentContext();
    private final Thread loop = Thread.currentThread();
    private final boolean acceptsGzip;
    private volatile boolean left;
    private boolean headed;
    private boolean ended;
    private Deadline deadline = Deadline.NONE;
    private boolean compresses;
    private boolean infers;
    private Runnable onEnd = () -> {};
    private GrpcMethod.@Nullable Receiver receiver;
    private @Nullable MessageReader reader;

    GrpcCall(HttpServerRequest request, LoopScope scope) {
        this.request = request;
        this.scope = scope;
        this.acceptsGzip = GrpcHeaders.acceptsGzip(request.getHeader(GrpcHeaders.ACCEPT_ENCODING));
    }

    LoopScope scope() {
        return scope;
    }

    HttpServerRequest request() {
        return request;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Whether nobody waits for the reply any more; on any thread. */
    boolean left() {
        return left;
    }

    long maxMessage() {
        return scope.limits().maxBodyBytes();
    }

    /** Reads what comes. */
    void start(GrpcMethod method) {
        infers = method.kind() == GrpcMethod.Kind.INFERENCE;
        try {
            deadline = GrpcHeaders.deadline(request.getHeader(GrpcHeaders.TIMEOUT));
            compresses = compresses(request.getHeader(GrpcHeaders.ENCODING));
        } catch (GrpcException e) {
            refuse(e);
            return;
        }
        GrpcMethod.Receiver opened = method.handler().open(this);
        MessageReader messages =
                new MessageReader(Math.min(maxMessage(), method.maxMessage()), scope.held(), compresses);
        receiver = opened;
        reader = messages;
        boolean streams = method.kind() == GrpcMethod.Kind.STREAM;
        if (!streams) {
            scope.idle().receives(request);
        }
        request.handler(chunk -> {
            scope.idle().heard(request);
            guarded(() -> messages.read(chunk, opened));
            if (streams) {
                owes(messages.isWithin());
            }
        });
        request.endHandler(end -> {
            scope.idle().received(request);
            guarded(() -> {
                messages.end();
                opened.halfClosed();
            });
        });
        request.exceptionHandler(lost -> leave());
        request.response().exceptionHandler(lost -> leave());
    }

    /** Between messages a client may be silent, within one it may not. */
    private void owes(boolean within) {
        if (within) {
            scope.idle().receives(request);
        } else {
            scope.idle().received(request);
        }
    }

    private interface Step {
        void run() throws GrpcException;
    }

    private void guarded(Step step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (GrpcException e) {
            refuse(e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "call failed", e);
            refuse(new GrpcException(GrpcStatus.INTERNAL, "internal error", e));
        }
    }

    /** It fails before anybody has taken it. */
    private void refuse(GrpcException e) {
        fail(e);
        if (infers) {
            InferReport.refused(scope.serving().listener(), request, "", e, 0);
        }
    }

    /** Runs it when the call has ended, however it ends, and after what is to run then already. */
    void onEnd(Runnable task) {
        Runnable before = onEnd;
        onEnd = () -> {
            before.run();
            task.run();
        };
    }

    /** Runs it on the event loop: now, or later when this is another thread. */
    void onLoop(Runnable task) {
        if (isOnLoop()) {
            task.run();
        } else {
            later(task);
        }
    }

    /** Whether the calling thread is the call's event loop. */
    boolean isOnLoop() {
        return Thread.currentThread() == loop;
    }

    /** Runs it on the event loop, later. */
    void later(Runnable task) {
        context.runOnContext(back -> task.run());
    }

    /** A message with its prefix, compressed when the client compresses too; on any thread. */
    Buffer frame(MessageLite message) {
        return Framing.frame(OutMessage.of(message), compressesReplies(), ElementMemory.HEAP);
    }

    /**
     * The same.
     *
     * @param memory holds it
     */
    Buffer frame(OutMessage message, ElementMemory memory) {
        return Framing.frame(message, compressesReplies(), memory);
    }

    /** Sends one of several messages. */
    void send(Buffer framed) {
        if (!isOver()) {
            head();
            request.response().write(framed);
        }
    }

    /**
     * Sends the last message and OK.
     *
     * @return completes when it has been sent, or never will be
     */
    Future<Void> end(Buffer framed) {
        if (isOver()) {
            return Future.succeededFuture();
        }
        head();
        finish();
        return request.response().putTrailer(GrpcHeaders.STATUS, "0").end(framed);
    }

    /** Ends a call with OK after its last message. */
    void end() {
        if (!isOver()) {
            head();
            finish();
            request.response().putTrailer(GrpcHeaders.STATUS, "0").end();
        }
    }

    void fail(GrpcException e) {
        fail(e.status(), String.valueOf(e.getMessage()));
    }

    /** Ends it without a result; where nothing has been sent, all is said in the headers ("Trailers-Only"). */
    void fail(GrpcStatus status, String message) {
        if (isOver()) {
            return;
        }
        HttpServerResponse response = request.response();
        String code = Integer.toString(status.code());
        String encoded = GrpcHeaders.encoded(message);
        boolean trailers = headed;
        head();
        finish();
        if (trailers) {
            response.putTrailer(GrpcHeaders.STATUS, code).putTrailer(GrpcHeaders.MESSAGE, encoded);
        } else {
            response.putHeader(GrpcHeaders.STATUS, code).putHeader(GrpcHeaders.MESSAGE, encoded);
        }
        response.end();
        if (!request.isEnded()) {
            Reply.dropRest(request);
        }
    }

    private boolean isOver() {
        return ended || request.response().ended() || request.response().closed();
    }

    private void head() {
        if (headed) {
            return;
        }
        headed = true;
        HttpServerResponse response = request.response();
        response.putHeader(GrpcHeaders.CONTENT_TYPE, GrpcHeaders.MEDIA_TYPE);
        if (compressesReplies()) {
            response.putHeader(GrpcHeaders.ENCODING, GrpcHeaders.GZIP);
        }
        response.putHeader(GrpcHeaders.ACCEPT_ENCODING, GrpcHeaders.IDENTITY + "," + GrpcHeaders.GZIP);
    }

    private boolean compressesReplies() {
        return compresses && acceptsGzip;
    }

    private static boolean compresses(@Nullable String encoding) throws GrpcException {
        if (encoding == null || encoding.equals(GrpcHeaders.IDENTITY)) {
            return false;
        }
        if (encoding.equals(GrpcHeaders.GZIP)) {
            return true;
        }
        throw new GrpcException(
                GrpcStatus.UNIMPLEMENTED,
                GrpcHeaders.ENCODING + ": expected " + GrpcHeaders.IDENTITY + " or " + GrpcHeaders.GZIP + ", found "
                        + encoding);
    }

    private void leave() {
        left = true;
        finish();
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        scope.idle().received(request);
        if (reader != null) {
            reader.release();
        }
        if (receiver != null) {
            receiver.ended();
        }
        onEnd.run();
    }
}
