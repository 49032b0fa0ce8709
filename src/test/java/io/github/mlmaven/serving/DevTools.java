package io.github.mlmaven.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The protocol of Chromium's developer tools, as far as {@link Browser} speaks it; for one thread. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 30;

    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;
    private String session = "";
    private int last;

    DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** From now on the commands are for this target. */
    void attach(String target) {
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
    }

    /** Gives the result of a command. */
    JsonNode call(String method, Map<String, ?> parameters) {
        Map<String, Object> command = new HashMap<>(Map.of("id", ++last, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(last, reply);
        try {
            socket.sendText(JSON.writeValueAsString(command), true).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode answer = reply.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** The parameters of the events with this name, in their order. */
    List<JsonNode> events(String method) {
        return events.stream()
                .filter(event -> event.get("method").asText().equals(method))
                .map(event -> event.get("params"))
                .toList();
    }

    void forgetEvents() {
        events.clear();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean end) {
        message.append(part);
        if (end) {
            received(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void received(String text) {
        try {
            JsonNode received = JSON.readTree(text);
            if (received.has("id")) {
                replies.remove(received.get("id").asInt()).complete(received);
            } else {
                events.add(received);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
