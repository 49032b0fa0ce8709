package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * BYTES tensors to ONNX Runtime's strings and back. Its Java API goes through JNI's modified UTF-8, which changes
 * U+0000 and everything above U+FFFF: a model would not recognise a category that holds an emoji. Such strings enter
 * as the constant of a model of one node. For strings that come out there is no such way: U+0000 ends them, and of a
 * character above U+FFFF only its first byte arrives.
 */
final class OnnxStrings {

    private static final int STRING = 8; // TensorProto.DataType

    private OnnxStrings() {}

    /** The tensors' elements, one tensor after another. */
    static OnnxTensor create(OrtEnvironment environment, long[] shape, Tensor[] parts)
            throws OrtException, EngineException {
        List<byte[]> elements = new ArrayList<>();
        for (Tensor part : parts) {
            read(part, elements);
        }
        String[] strings = new String[elements.size()];
        for (int i = 0; i < strings.length; i++) {
            byte[] element = elements.get(i);
            if (!survivesModifiedUtf8(element)) {
                return constant(environment, shape, elements);
            }
            strings[i] = new String(element, StandardCharsets.UTF_8);
        }
        return OnnxTensor.createTensor(environment, strings, shape);
    }

    private static void read(Tensor tensor, List<byte[]> elements) throws EngineException {
        ByteBuffer data = tensor.data();
        long found = 0;
        while (data.hasRemaining()) {
            int length = data.remaining() < Integer.BYTES ? -1 : data.getInt();
            if (length < 0 || length > data.remaining()) {
                throw new EngineException(
                        "tensor " + tensor.name() + ", element " + found + ": its length exceeds the tensor's data");
            }
            byte[] element = new byte[length];
            data.get(element);
            elements.add(element);
            found++;
        }
        if (found != tensor.elements()) {
            throw new EngineException("tensor " + tensor.name() + " of shape " + Arrays.toString(tensor.shape())
                    + " needs " + tensor.elements() + " elements, found " + found);
        }
    }

    /** Well-formed, without NUL and without sequences of four bytes. */
    private static boolean survivesModifiedUtf8(byte[] utf8) {
        boolean ascii = true;
        for (byte b : utf8) {
            if (b == 0 || (b & 0xF8) == 0xF0) {
                return false;
            }
            ascii &= b > 0;
        }
        if (ascii) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The result holds nothing but the tensor, which the caller closes. */
    private static OnnxTensor constant(OrtEnvironment environment, long[] shape, List<byte[]> elements)
            throws OrtException {
        OnnxMessage tensor = new OnnxMessage(); // TensorProto
        for (long dimension : shape) {
            tensor.number(1, dimension);
        }
        tensor.number(2, STRING);
        for (byte[] element : elements) {
            tensor.bytes(6, element);
        }
        OnnxMessage graph = new OnnxMessage() // GraphProto
                .message(1, OnnxMessage.node("Identity"))
                .text(2, "constant")
                .message(5, tensor.text(8, "x"))
                .message(12, OnnxMessage.value("y", STRING));
        try (SessionOptions options = OnnxSessions.options(EngineOptions.DEFAULT);
                OrtSession session = environment.createSession(OnnxMessage.model(graph), options)) {
            return (OnnxTensor) session.run(Map.of()).get(0);
        }
    }

    static ByteBuffer read(OnnxTensor tensor) throws OrtException {
        List<byte[]> strings = new ArrayList<>();
        collect(tensor.getValue(), strings);
        long size = 0;
        for (byte[] string : strings) {
            size += Integer.BYTES + string.length;
        }
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] string : strings) {
            data.putInt(string.length).put(string);
        }
        return data.flip();
    }

    private static void collect(Object value, List<byte[]> strings) {
        if (value instanceof Object[] array) {
            for (Object element : array) {
                collect(element, strings);
            }
        } else {
            strings.add(((String) value).getBytes(StandardCharsets.UTF_8));
        }
    }
}
