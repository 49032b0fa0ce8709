package io.github.mlmaven.serving;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as users start it: a JVM of its own. */
public final class ForkedServer implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready on port (\\d+) \\(started in \\d+ ms\\)");
    private static final String REQUEST_LOG = "{\"time\":";

    private final Process process;
    private final Path stderr;
    private final List<String> stdout = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    private ForkedServer(Process process, Path stderr) {
        this.process = process;
        this.stderr = stderr;
    }

    /** Starts it and waits until it is ready. */
    public static ForkedServer start(ApplicationFolder application, Path work, Map<String, String> environment)
            throws IOException {
        return start(application, work, environment, List.of());
    }

    /** Starts it with options of the JVM and waits until it is ready. */
    public static ForkedServer start(
            ApplicationFolder application, Path work, Map<String, String> environment, List<String> options)
            throws IOException {
        return start(application, work, environment, options, List.of());
    }

    /** Starts it with arguments too and waits until it is ready. */
    public static ForkedServer start(
            ApplicationFolder application,
            Path work,
            Map<String, String> environment,
            List<String> options,
            List<String> args)
            throws IOException {
        ForkedServer server = fork(application, work, environment, options, args);
        BufferedReader out = server.process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            server.stdout.add(line);
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                server.port = Integer.parseInt(ready.group(1));
                return server;
            }
        }
        throw new IOException("the server did not start: " + server.stdout + Files.readString(server.stderr));
    }

    /** Starts it without waiting. */
    public static ForkedServer fork(
            ApplicationFolder application,
            Path work,
            Map<String, String> environment,
            List<String> options,
            List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (application.hasModelFolder()) {
            command.add("-Dml.model.path=" + application.modelPath());
        }
        command.addAll(options);
        command.add(Application.class.getName());
        command.addAll(args);
        Path stderr = Files.createTempFile(work, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().put("PORT", "0");
        builder.environment()
                .put("CLASSPATH", application.classes() + File.pathSeparator + System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return new ForkedServer(builder.start(), stderr);
    }

    public int port() {
        return port;
    }

    public Process process() {
        return process;
    }

    /** What it has printed until it was ready. */
    public List<String> stdout() {
        return stdout;
    }

    public String stderr() throws IOException {
        return Files.readString(stderr);
    }

    /** The lines of {@link #stderr()} without the request log, and what the test class path's own logging facade prints. */
    public List<String> errors() throws IOException {
        return stderr().lines()
                .filter(line -> !line.startsWith("SLF4J") && !line.startsWith(REQUEST_LOG))
                .toList();
    }

    /** The lines of the request log; it is written behind the replies. */
    public List<String> requestLog() throws IOException {
        return stderr().lines().filter(line -> line.startsWith(REQUEST_LOG)).toList();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end");
        }
        return process.exitValue();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> post(String path, byte[] json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, Map.of("Content-Type", "application/json"), json);
    }

    public HttpResponse<String> send(String method, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts bytes as they are. */
    public HttpResponse<byte[]> send(String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
