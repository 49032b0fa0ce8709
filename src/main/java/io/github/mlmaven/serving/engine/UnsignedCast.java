package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.mlmaven.model.Datatype;
import java.util.Map;

/**
 * Turns signed integers into the unsigned ones of the same bits, and back. ONNX Runtime's Java API cannot make a tensor
 * of UINT16, UINT32 or UINT64 over memory, but it can make the signed one, and a model of one Cast node keeps the bits.
 */
final class UnsignedCast implements AutoCloseable {

    private final OrtSession toUnsigned;
    private final OrtSession toSigned;

    UnsignedCast(OrtEnvironment environment, Datatype datatype) throws OrtException {
        int unsigned = unsigned(datatype);
        int signed = signed(datatype);
        try (SessionOptions options = OnnxSessions.options(EngineOptions.DEFAULT)) {
            this.toUnsigned = environment.createSession(model(signed, unsigned), options);
            this.toSigned = environment.createSession(model(unsigned, signed), options);
        }
    }

    static boolean isFor(Datatype datatype) {
        return datatype == Datatype.UINT16 || datatype == Datatype.UINT32 || datatype == Datatype.UINT64;
    }

    /** A new unsigned tensor; the caller closes it, which is all that the result holds. */
    OnnxTensor unsigned(OnnxTensor signed) throws OrtException {
        return (OnnxTensor) toUnsigned.run(Map.of("x", signed)).get(0);
    }

    /** Into an unsigned tensor made before, of the same shape. */
    void toUnsigned(OnnxTensor signed, OnnxTensor unsigned) throws OrtException {
        toUnsigned.run(Map.of("x", signed), Map.of("y", unsigned)).close();
    }

    /** Into a signed tensor of the same shape. */
    void toSigned(OnnxTensor unsigned, OnnxTensor signed) throws OrtException {
        toSigned.run(Map.of("x", unsigned), Map.of("y", signed)).close();
    }

    @Override
    public void close() throws OrtException {
        toUnsigned.close();
        toSigned.close();
    }

    /** TensorProto.DataType. */
    private static int unsigned(Datatype datatype) {
        return switch (datatype) {
            case UINT16 -> 4;
            case UINT32 -> 12;
            case UINT64 -> 13;
            default -> throw new IllegalArgumentException(datatype.name());
        };
    }

    private static int signed(Datatype datatype) {
        return switch (datatype) {
            case UINT16 -> 5;
            case UINT32 -> 6;
            case UINT64 -> 7;
            default -> throw new IllegalArgumentException(datatype.name());
        };
    }

    private static byte[] model(int from, int into) {
        OnnxMessage to = new OnnxMessage().text(1, "to").number(3, into).number(20, 2); // AttributeProto of an INT
        OnnxMessage graph = new OnnxMessage() // GraphProto
                .message(1, OnnxMessage.node("Cast").message(5, to))
                .text(2, "cast")
                .message(11, OnnxMessage.value("x", from))
                .message(12, OnnxMessage.value("y", into));
        return OnnxMessage.model(graph);
    }
}
