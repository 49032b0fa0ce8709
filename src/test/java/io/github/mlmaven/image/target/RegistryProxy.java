package io.github.mlmaven.image.target;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a real registry, counts what is asked of it, and answers some of it in a way of its own. */
public final class RegistryProxy implements AutoCloseable {

    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect");

    private final HttpServer server;
    private final PlainDoor door;
    private final String registry;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Queue<Rule> rules = new ConcurrentLinkedQueue<>();

    /** An answer in the registry's place. */
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private record Rule(String pattern, int skip, AtomicInteger seen, AtomicInteger left, Answer answer) {}

    private RegistryProxy(HttpServer server, InetAddress address, String registry) throws IOException {
        this.server = server;
        this.registry = registry;
        this.door = new PlainDoor(address, server.getAddress(), executor);
    }

    /** Stands before the registry at this host and port. */
    public static RegistryProxy before(String registry) throws IOException {
        return before(registry, InetAddress.getLoopbackAddress());
    }

    /** The same, reached at another of this machine's addresses. */
    public static RegistryProxy before(String registry, InetAddress address) throws IOException {
        InetSocketAddress inner = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        RegistryProxy proxy = new RegistryProxy(HttpServer.create(inner, 0), address, registry);
        proxy.server.createContext("/", proxy::answer);
        proxy.server.setExecutor(proxy.executor);
        proxy.server.start();
        return proxy;
    }

    /** Its port. */
    public int port() {
        return door.port();
    }

    /** Its host and port. */
    public String host() {
        return "localhost:" + port();
    }

    /** Answers requests like {@code PATCH /v2/acme/add-sub/blobs/…} so often, after letting some through. */
    public void answer(String pattern, int skip, int times, Answer answer) {
        rules.add(new Rule(pattern, skip, new AtomicInteger(), new AtomicInteger(times), answer));
    }

    /** Requests like these since the last time. */
    public List<String> asked(String pattern) {
        return asked.stream().filter(request -> request.matches(pattern)).toList();
    }

    public void forget() {
        asked.clear();
    }

    /** Answers with a status and headers as {@code NAME: VALUE}. */
    public static Answer status(int status, String... headers) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            for (String header : headers) {
                String[] pair = header.split(": ", 2);
                exchange.getResponseHeaders().add(pair[0], pair[1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Answers what the registry answers, with a header more. */
    public Answer with(String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().add(header, value);
            try {
                forward(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Takes a part of what is sent, and is gone. */
    public static Answer breakOff() {
        return exchange -> {
            if (exchange.getRequestBody().read() < 0) {
                throw new IOException("nothing was sent");
            }
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(request);
        try (exchange) {
            for (Rule rule : rules) {
                if (request.matches(rule.pattern)
                        && rule.seen.getAndIncrement() >= rule.skip
                        && rule.left.getAndDecrement() > 0) {
                    rule.answer.give(exchange);
                    return;
                }
            }
            forward(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + registry + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        response.headers().map().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        if (exchange.getRequestMethod().equals("HEAD")) {
            response.headers()
                    .firstValue("Content-Length")
                    .ifPresent(length -> exchange.getResponseHeaders().add("Content-Length", length));
        }
        byte[] answer = response.body();
        exchange.sendResponseHeaders(response.statusCode(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }

    @Override
    public void close() throws IOException {
        door.close();
        server.stop(0);
        executor.shutdownNow();
    }
}
