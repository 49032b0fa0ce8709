package io.github.mlmaven.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests that are wrong, and clients that are gone before their reply; each has a connection of its own. */
final class OddClients implements Load {

    /** At most, in one run: closed connections block ports for a minute. */
    private static final int MAX_REQUESTS = 600;

    /** The begin of HTTP/2, its settings, and a frame of headers that breaks off. */
    private static final byte[] BROKEN_CALL = ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0"
                    + "\0\0\100\1\4\0\0\0\1abc")
            .getBytes(StandardCharsets.ISO_8859_1);

    private final Map<String, byte[]> wrong;
    private final List<byte[]> abandoned;

    OddClients(Message json, Message binary) {
        wrong = wrong(json, binary);
        byte[] whole = FirstReply.bytes(json);
        abandoned = List.of(
                whole,
                Arrays.copyOf(whole, whole.length - json.body().length / 2),
                Arrays.copyOf(whole, 40),
                Arrays.copyOf(FirstReply.bytes(binary), whole.length / 2),
                BROKEN_CALL);
    }

    private static Map<String, byte[]> wrong(Message json, Message binary) {
        String document = new String(json.body(), StandardCharsets.UTF_8);
        Map<String, Message> wrong = new HashMap<>();
        wrong.put("a JSON that breaks off", with(json, document.substring(0, document.length() / 2)));
        wrong.put("no JSON", with(json, "inputs"));
        wrong.put("no body", with(json, ""));
        wrong.put("another shape", with(json, document.replaceFirst("\"shape\":\\[1,", "\"shape\":[2,")));
        wrong.put("an unknown input", with(json, document.replaceFirst("\"name\":\"", "\"name\":\"x")));
        wrong.put("deep nesting", with(json, "[".repeat(100_000)));
        wrong.put("no gzip", with(json, Map.of("Content-Encoding", "gzip")));
        wrong.put("another content type", with(json, Map.of("Content-Type", "text/plain")));
        wrong.put("an unknown model", new Message("/v2/models/none/infer", json.headers(), json.body()));
        wrong.put(
                "binary data that breaks off",
                new Message(binary.path(), binary.headers(), Arrays.copyOf(binary.body(), binary.body().length - 1)));
        wrong.put("a length that lies", with(binary, Map.of("Inference-Header-Content-Length", "1000000000")));
        Map<String, byte[]> bytes = new HashMap<>();
        wrong.forEach((what, message) -> bytes.put(what, FirstReply.bytes(message)));
        return bytes;
    }

    private static Message with(Message message, String body) {
        return new Message(message.path(), message.headers(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static Message with(Message message, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.putAll(more);
        return new Message(message.path(), headers, message.body());
    }

    @Override
    public Report run(int port, int seconds) throws IOException, BenchException {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        int sent = 0;
        while (sent < MAX_REQUESTS && System.nanoTime() < end) {
            for (Map.Entry<String, byte[]> request : wrong.entrySet()) {
                String status = FirstReply.statusLine(port, request.getValue());
                if (!status.startsWith("HTTP/1.1 4")) {
                    throw new BenchException(request.getKey() + ": expected status 4xx, found " + status);
                }
            }
            for (byte[] request : abandoned) {
                abandon(port, request, true);
                abandon(port, request, false);
            }
            sent += wrong.size() + 2 * abandoned.size();
        }
        return new Report(sent, (System.nanoTime() - start) / 1e9, 0, 0);
    }

    /** @param reset whether the connection is cut, not closed */
    private static void abandon(int port, byte[] request, boolean reset) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request);
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        }
    }
}
