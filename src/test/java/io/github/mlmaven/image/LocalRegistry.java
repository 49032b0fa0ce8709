package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A real registry of Docker's on this machine, by plain HTTP unless said otherwise. */
public final class LocalRegistry implements AutoCloseable {

    /** User {@code reader}, password {@code secret}. */
    private static final String HTPASSWD = "reader:$2y$04$QsRiUCNh.zx0yaZgV1yPS.U/.vC4p8U9GfvAtmrT/0H00yESDxrRq\n";

    private final Process process;
    private final int port;
    private final Path folder;

    private LocalRegistry(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    /** Starts an empty registry that anybody may use. */
    public static LocalRegistry open(Path folder) throws IOException, InterruptedException {
        return start(folder, "", "");
    }

    /** Starts an empty registry that nobody may use without a password. */
    public static LocalRegistry closed(Path folder) throws IOException, InterruptedException {
        return start(folder, "", users(folder));
    }

    /** Starts an empty registry that nobody may use without a password, with TLS. */
    public static LocalRegistry secured(Path folder, TestCertificate certificate)
            throws IOException, InterruptedException {
        return start(folder, tls(certificate), users(folder));
    }

    /** Starts an empty registry, with TLS, that nobody may use without a token of a server with the same certificate. */
    public static LocalRegistry withTokens(Path folder, TestCertificate certificate, TokenServer tokens)
            throws IOException, InterruptedException {
        String auth = "auth: {token: {realm: '" + tokens.realm() + "', service: " + TokenServer.SERVICE + ", issuer: "
                + TokenServer.SERVICE + ", rootcertbundle: '" + certificate.pem() + "'}}\n";
        return start(folder, tls(certificate), auth);
    }

    private static String tls(TestCertificate certificate) {
        return ", tls: {certificate: '" + certificate.pem() + "', key: '" + certificate.key() + "'}";
    }

    private static String users(Path folder) throws IOException {
        Path users = Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
        return "auth: {htpasswd: {realm: test, path: '" + users + "'}}\n";
    }

    private static LocalRegistry start(Path folder, String tls, String auth) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage: {filesystem: {rootdirectory: '" + folder.resolve("registry") + "'}}\n"
                        + "http: {addr: '127.0.0.1:" + port + "', relativeurls: true" + tls + "}\n" + auth);
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        LocalRegistry registry = new LocalRegistry(process, port, folder);
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!registry.answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("no registry: " + Files.readString(folder.resolve("registry.log")));
            }
            Thread.sleep(50);
        }
        return registry;
    }

    /** The name of an image in it. */
    public String image(String name) {
        return host() + "/" + name;
    }

    /** Its host and port. */
    public String host() {
        return "localhost:" + port;
    }

    /** Pushes an image, and gives the digest of its manifest. */
    public Digest push(JibContainerBuilder image, String name) throws Exception {
        RegistryImage named = RegistryImage.named(image(name)).addCredential("reader", "secret");
        Containerizer target = Containerizer.to(named)
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(folder.resolve("cache"))
                .setApplicationLayersCache(folder.resolve("cache"));
        return Digest.parse(image.containerize(target).getDigest().toString());
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
