package io.github.mlmaven.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS before a plain registry, which keeps all that it was told. */
final class RecordingDoor implements AutoCloseable {

    private final SSLServerSocket door;
    private final int registry;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    /** Before a registry at {@code localhost:PORT}. */
    RecordingDoor(TestCertificate certificate, String registry) throws IOException, GeneralSecurityException {
        this.registry = Integer.parseInt(registry.substring(registry.indexOf(':') + 1));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, TestCertificate.PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, TestCertificate.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        executor.execute(this::open);
    }

    /** Its host and port. */
    String host() {
        return "localhost:" + door.getLocalPort();
    }

    /** All that was said to it, as text. */
    String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                executor.execute(() -> relay(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket inner = new Socket(InetAddress.getLoopbackAddress(), registry)) {
            executor.execute(() -> copy(inner, client, false));
            copy(client, inner, true);
        } catch (IOException e) {
            // Gone, as those are who do not trust it.
        }
    }

    private void copy(Socket from, Socket to, boolean keep) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (keep) {
                    synchronized (heard) {
                        heard.write(buffer, 0, read);
                    }
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // Either side is gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        executor.shutdownNow();
    }
}
