package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.Answer;
import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.RequestMemory;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger.Level;

/**
 * One call of ModelInfer from its message to its reply; whatever happens there is exactly one end, at which the
 * message's memory is given back.
 */
final class InferCall implements Answer {

    private static final System.Logger LOG = System.getLogger(InferCall.class.getName());

    /** Larger messages are read on the pool, so that an event loop's other clients need not wait. */
    private static final int MAX_ON_EVENT_LOOP = 64 << 10;

    private final GrpcCall call;
    private final Serving serving;
    private final RequestMemory memory = new RequestMemory();

    /** Of the reply, until it has been sent. */
    private final RequestMemory replyMemory = new RequestMemory();

    private final long received = System.nanoTime();
    private final Message message;
    private boolean raw;

    /** Its name, once it is known to be one. */
    private String model = "";

    private InferCall(GrpcCall call, Serving serving, Message message) {
        this.call = call;
        this.serving = serving;
        this.message = message;
    }

    /** Has the message computed, and answers the call with the result. */
    static void start(GrpcCall call, Serving serving, Message message) {
        InferCall infer = new InferCall(call, serving, message);
        call.scope().idle().waits(call.request());
        if (!message.compressed() && message.body().length() <= MAX_ON_EVENT_LOOP) {
            infer.decode();
        } else if (!serving.pool().offer(infer::decode)) {
            infer.refuse(GrpcStatus.UNAVAILABLE, "too many requests are waiting; try again");
        }
    }

    private void decode() {
        ModelInferReader reader;
        InferenceRequest request;
        try {
            message.decompress(call.maxMessage());
            reader = ModelInferReader.read(message.input());
            // An unknown model is said before what is wrong with its tensors.
            model = ModelLookup.find(serving, reader.model(), reader.version())
                    .descriptor()
                    .name();
            request = reader.request(memory);
            raw = reader.isRaw();
        } catch (TensorFormatException e) {
            refuse(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
            return;
        } catch (GrpcException e) {
            refuse(e);
            return;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            refuse(GrpcStatus.UNAVAILABLE, "not enough memory for this request now");
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            refuse(GrpcStatus.INTERNAL, "internal error");
            return;
        }
        infer(reader, new Call(InferReport.PROTOCOL, request, call.deadline(), received));
    }

    private void infer(ModelInferReader reader, Call inference) {
        try {
            ServedModel asked = ModelLookup.find(serving, reader.model(), reader.version());
            while (!(call.isOnLoop() ? asked.infer(inference, call::later, this) : asked.infer(inference, this))) {
                // It was replaced, or unloaded, in this moment.
                ServedModel now = ModelLookup.find(serving, reader.model(), reader.version());
                if (now == asked) {
                    refuse(GrpcStatus.NOT_FOUND, "model " + reader.model() + " has been unloaded");
                    return;
                }
                asked = now;
            }
        } catch (GrpcException e) {
            refuse(e);
        }
    }

    @Override
    public void computed(InferenceReply reply) {
        if (call.deadline().expired()) {
            failed(new Failure(Failure.Kind.EXPIRED, "the deadline passed while the model ran"));
            return;
        }
        Buffer framed;
        try {
            framed = call.frame(new ModelInferReply(reply, raw), replyMemory);
        } catch (GrpcException e) {
            fail(e.status(), e.status().kind(), String.valueOf(e.getMessage()));
            return;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            failed(new Failure(Failure.Kind.BUSY, "not enough memory for this reply now"));
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a reply failed", e);
            failed(new Failure(Failure.Kind.INTERNAL, "internal error"));
            return;
        }
        end(() -> {
            call.end(framed).onComplete(sent -> replyMemory.close());
            InferReport.succeeded(serving.listener(), call.request(), model, nanos());
        });
    }

    @Override
    public void failed(Failure failure) {
        fail(GrpcStatus.of(failure.kind()), failure.kind(), failure.message());
    }

    @Override
    public boolean wanted() {
        return !call.left();
    }

    private void fail(GrpcStatus status, Failure.Kind kind, String why) {
        end(() -> {
            replyMemory.close();
            call.fail(status, why);
            InferReport.failed(serving.listener(), call.request(), model, status, kind, why, nanos());
        });
    }

    private void refuse(GrpcStatus status, String why) {
        refuse(new GrpcException(status, why));
    }

    /** It fails before it has reached a model. */
    private void refuse(GrpcException why) {
        end(() -> {
            call.fail(why);
            InferReport.refused(serving.listener(), call.request(), model, why, nanos());
        });
    }

    private long nanos() {
        return System.nanoTime() - received;
    }

    private void end(Runnable answer) {
        call.onLoop(() -> {
            memory.close();
            message.release();
            call.scope().idle().answered(call.request());
            answer.run();
        });
    }
}
