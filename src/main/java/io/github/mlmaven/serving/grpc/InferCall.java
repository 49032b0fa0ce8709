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

    /** In metrics and logs. */
    private static final String PROTOCOL = "oip-grpc";

    /** Larger messages are read on the pool, so that an event loop's other clients need not wait. */
    private static final int MAX_ON_EVENT_LOOP = 64 << 10;

    private final GrpcCall call;
    private final Serving serving;
    private final RequestMemory memory = new RequestMemory();
    private final long received = System.nanoTime();
    private final Message message;
    private boolean raw;

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
            infer.failed(new Failure(Failure.Kind.BUSY, "too many requests are waiting; try again"));
        }
    }

    private void decode() {
        ModelInferReader reader;
        InferenceRequest request;
        try {
            message.decompress(call.maxMessage());
            reader = ModelInferReader.read(message.input());
            // An unknown model is said before what is wrong with its tensors.
            ModelLookup.find(serving, reader.model(), reader.version());
            request = reader.request(memory);
            raw = reader.isRaw();
        } catch (TensorFormatException e) {
            failed(new Failure(Failure.Kind.INVALID, String.valueOf(e.getMessage())));
            return;
        } catch (GrpcException e) {
            end(() -> call.fail(e));
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
        infer(reader, new Call(PROTOCOL, request, call.deadline(), received));
    }

    private void infer(ModelInferReader reader, Call inference) {
        try {
            ServedModel model = ModelLookup.find(serving, reader.model(), reader.version());
            while (!(call.isOnLoop() ? model.infer(inference, call::later, this) : model.infer(inference, this))) {
                // It was replaced, or unloaded, in this moment.
                ServedModel now = ModelLookup.find(serving, reader.model(), reader.version());
                if (now == model) {
                    failed(new Failure(Failure.Kind.NOT_FOUND, "model " + reader.model() + " has been unloaded"));
                    return;
                }
                model = now;
            }
        } catch (GrpcException e) {
            end(() -> call.fail(e));
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
            framed = call.frame(ModelInferWriter.write(reply, raw));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, "out of memory: {0}", e.getMessage());
            failed(new Failure(Failure.Kind.BUSY, "not enough memory for this reply now"));
            return;
        }
        end(() -> call.end(framed));
    }

    @Override
    public void failed(Failure failure) {
        end(() -> call.fail(GrpcStatus.of(failure.kind()), failure.message()));
    }

    @Override
    public boolean wanted() {
        return !call.left();
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
