package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.smoke.ServerClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** An image's server in a real Docker engine, on a read-only root, as a user without rights. */
final class Container implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final int port;
    private final String id;

    private Container(int port, String id) {
        this.port = port;
        this.id = id;
    }

    /** Runs the image, and waits until it is ready. */
    static Container run(String image) throws Exception {
        int port = freePort();
        String id = Tool.run(
                "docker", "run", "-d", "--read-only", "--user", "65532", "--network=host", "-e", "PORT=" + port, image);
        Container container = new Container(port, id);
        try {
            container.awaitReady();
            return container;
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    ServerClient client() {
        return new ServerClient(port, TIMEOUT);
    }

    /** Asserts that SIGTERM ends it within two seconds with exit code 0. */
    void stopsCleanly() throws Exception {
        long begin = System.nanoTime();
        Tool.run("docker", "stop", "--time", "20", id);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(STOP);
        assertThat(Tool.run("docker", "inspect", "--format", "{{.State.ExitCode}}", id))
                .isEqualTo("0");
    }

    @Override
    public void close() throws Exception {
        Tool.run("docker", "rm", "-f", id);
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        String logs = "";
        while (!logs.contains("ready on port " + port)) {
            assertThat(System.nanoTime()).as("not ready: " + logs).isLessThan(end);
            Thread.sleep(100);
            logs = Tool.run("docker", "logs", id);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
