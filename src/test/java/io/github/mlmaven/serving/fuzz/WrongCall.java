package io.github.mlmaven.serving.fuzz;

import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A call of gRPC that is wrong, and what the server must say of it.
 *
 * @param headers of the stream, those of HTTP/2 itself included
 * @param data after which the client has no more to say
 * @param status of the call
 * @param message is found in the call's message
 */
record WrongCall(Map<String, String> headers, byte[] data, Status.Code status, Pattern message) {

    private static final String INFER = "/inference.GRPCInferenceService/ModelInfer";

    /** ModelInfer with one message of these bytes. */
    static WrongCall infer(byte[] message, Status.Code status, String expected) {
        return new WrongCall(headers(INFER), framed(0, message.length, message), status, Pattern.compile(expected));
    }

    /** ModelInfer with these bytes in the place of messages. */
    static WrongCall data(byte[] data, Status.Code status, String expected) {
        return new WrongCall(headers(INFER), data, status, Pattern.compile(expected));
    }

    WrongCall header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WrongCall(more, data, status, message);
    }

    /** A message with its prefix, true or not. */
    static byte[] framed(int flag, int length, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) flag)
                .putInt(length)
                .put(message)
                .array();
    }

    private static Map<String, String> headers(String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":method", "POST");
        headers.put(":scheme", "http");
        headers.put(":authority", "a");
        headers.put(":path", path);
        headers.put("content-type", "application/grpc");
        headers.put("te", "trailers");
        return headers;
    }
}
