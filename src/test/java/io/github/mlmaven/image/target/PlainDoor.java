package io.github.mlmaven.image.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;

/** Before the JDK's server, which does not answer those who begin with TLS; real registries do at once. */
final class PlainDoor implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final ExecutorService executor;

    PlainDoor(InetAddress address, InetSocketAddress server, ExecutorService executor) throws IOException {
        this.door = new ServerSocket(0, 50, address);
        this.server = server;
        this.executor = executor;
        executor.execute(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                executor.execute(() -> welcome(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void welcome(Socket client) {
        try (client) {
            PushbackInputStream in = new PushbackInputStream(client.getInputStream());
            int first = in.read();
            if (first == TLS_HANDSHAKE) {
                in.read(new byte[1 << 14]);
                client.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            if (first >= 0) {
                in.unread(first);
                relay(client, in);
            }
        } catch (IOException e) {
            // Gone, as it should be when a connection breaks.
        }
    }

    private void relay(Socket client, InputStream in) throws IOException {
        try (Socket inner = new Socket(server.getAddress(), server.getPort())) {
            executor.execute(() -> {
                try (client) {
                    inner.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                    // Either side is gone.
                }
            });
            OutputStream out = inner.getOutputStream();
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
