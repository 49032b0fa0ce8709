package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Clients that ask without a pause, each on one connection, until the server says that it will close it. */
public final class BusyClients implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final String LENGTH = "content-length:";

    private final ExecutorService threads;
    private final List<Future<Integer>> clients;
    private final AtomicInteger sofar;

    private BusyClients(ExecutorService threads, List<Future<Integer>> clients, AtomicInteger sofar) {
        this.threads = threads;
        this.clients = clients;
        this.sofar = sofar;
    }

    /** Begins to ask; any reply but a 200 is a failure. */
    public static BusyClients ask(int port, String path, byte[] json, int count) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        AtomicInteger sofar = new AtomicInteger();
        List<Future<Integer>> clients = Stream.generate(
                        () -> threads.submit(() -> askUntilClosed(port, path, json, sofar)))
                .limit(count)
                .toList();
        return new BusyClients(threads, clients, sofar);
    }

    /** Waits until they have so many answers. */
    public void awaitAnswers(int enough) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (sofar.get() < enough && System.nanoTime() < end) {
            never.await(5, TimeUnit.MILLISECONDS);
        }
        assertThat(sofar.get()).isGreaterThanOrEqualTo(enough);
    }

    /** How many answers all of them had, when the last one has ended. */
    public int answered() throws Exception {
        int all = 0;
        for (Future<Integer> client : clients) {
            all += client.get();
        }
        return all;
    }

    private static int askUntilClosed(int port, String path, byte[] json, AtomicInteger sofar) throws IOException {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + json.length
                        + "\r\nContent-Type: application/json\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        int answered = 0;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(head);
                out.write(json);
                assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
                boolean close = false;
                int length = 0;
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                    close |= line.equalsIgnoreCase("connection: close");
                    if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                        length =
                                Integer.parseInt(line.substring(LENGTH.length()).strip());
                    }
                }
                assertThat(reader.read(new char[length])).isEqualTo(length);
                answered++;
                sofar.incrementAndGet();
                if (close) {
                    return answered;
                }
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
