package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.smoke.ServerClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An image in a real Docker engine, on a read-only root, as a user that the image does not know and that may nothing. */
final class Container implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(2);

    private static final List<String> UNPRIVILEGED = List.of(
            "--read-only", "--user=1234567:0", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--network=host");

    private final int port;
    private final String id;

    private Container(int port, String id) {
        this.port = port;
        this.id = id;
    }

    /**
     * Runs the image's server, and waits until it is ready.
     *
     * @param options of {@code docker run}
     */
    static Container run(String image, String... options) throws Exception {
        int port = freePort();
        List<String> command = command("-d", options);
        command.add("--env=PORT=" + port);
        command.add(image);
        String id = Tool.run(command.toArray(String[]::new));
        Container container = new Container(port, id);
        try {
            container.awaitReady();
            return container;
        } catch (Exception | AssertionError e) {
            container.close();
            throw e;
        }
    }

    /**
     * Runs the image to its end.
     *
     * @param arguments options of {@code docker run}, the image, and the program's arguments
     * @return what it printed
     */
    static String output(String... arguments) throws Exception {
        return Tool.run(command("--rm", arguments).toArray(String[]::new));
    }

    private static List<String> command(String how, String... more) {
        List<String> command = new ArrayList<>(List.of("docker", "run", how));
        command.addAll(UNPRIVILEGED);
        command.addAll(Arrays.asList(more));
        return command;
    }

    int port() {
        return port;
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
