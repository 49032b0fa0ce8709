package io.github.mlmaven.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server again and again from its start until it answers with 200. */
final class FirstReply {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private FirstReply() {}

    /** The time from the process's start to the first 200. */
    static Duration await(ServerProcess process, int port, Message request)
            throws BenchException, IOException, InterruptedException {
        byte[] bytes = bytes(request);
        String last = "it does not listen";
        while (System.nanoTime() - process.startNanos() < PATIENCE.toNanos()) {
            process.checkAlive();
            try {
                last = statusLine(port, bytes);
                if (last.startsWith("HTTP/1.1 200")) {
                    return Duration.ofNanos(System.nanoTime() - process.startNanos());
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new BenchException("no reply with 200 in " + PATIENCE.toSeconds() + " s: " + last);
    }

    /** A request as it goes over the connection, which is closed after its reply. */
    static byte[] bytes(Message request) {
        StringBuilder head = new StringBuilder("POST " + request.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + request.body().length + "\r\nConnection: close\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(request.body());
        return bytes.toByteArray();
    }

    static String statusLine(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
                line.append((char) b);
            }
            return line.toString();
        }
    }
}
