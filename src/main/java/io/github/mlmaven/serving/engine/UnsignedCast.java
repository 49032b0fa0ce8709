package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.mlmaven.model.Datatype;
import java.util.Map;

/**
 * Makes tensors of UINT16, UINT32 and UINT64, which ONNX Runtime's Java API can read but not create: it creates the
 * signed tensor of the same bits and runs it through a model of one Cast node, which keeps the bits.
 */
final class UnsignedCast implements AutoCloseable {

    private final OrtSession session;

    UnsignedCast(OrtEnvironment environment, SessionOptions options, Datatype to) throws OrtException {
        this.session = environment.createSession(model(to), options);
    }

    static boolean isFor(Datatype datatype) {
        return datatype == Datatype.UINT16 || datatype == Datatype.UINT32 || datatype == Datatype.UINT64;
    }

    /** Closes the signed tensor; the caller closes the unsigned one, which is all that the result holds. */
    OnnxTensor apply(OnnxTensor signed) throws OrtException {
        try (signed) {
            return (OnnxTensor) session.run(Map.of("x", signed)).get(0);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private static byte[] model(Datatype to) {
        return switch (to) { // TensorProto.DataType
            case UINT16 -> model(5, 4);
            case UINT32 -> model(6, 12);
            case UINT64 -> model(7, 13);
            default -> throw new IllegalArgumentException(to.name());
        };
    }

    private static byte[] model(int signed, int unsigned) {
        OnnxMessage to = new OnnxMessage().text(1, "to").number(3, unsigned).number(20, 2); // AttributeProto of an INT
        OnnxMessage graph = new OnnxMessage() // GraphProto
                .message(1, OnnxMessage.node("Cast").message(5, to))
                .text(2, "cast")
                .message(11, OnnxMessage.value("x", signed))
                .message(12, OnnxMessage.value("y", unsigned));
        return OnnxMessage.model(graph);
    }
}
