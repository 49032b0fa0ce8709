package io.github.mlmaven.lock;

import static io.github.mlmaven.lock.FileRepository.dependency;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private repository, and a mirror that stands in for it on another machine. */
class LockRepositoriesIT {

    private static final String USER = "reader";
    private static final String PASSWORD = "never-tell-this";

    @TempDir
    Path folder;

    private LockProject project;
    private HttpServer server;

    @BeforeEach
    void serveTheRepository() throws IOException {
        project = LockProject.in(folder);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer).setAuthenticator(new BasicAuthenticator("acme") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
            }
        });
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Path file = project.repository()
                .folder()
                .resolve(exchange.getRequestURI().getPath().substring(1));
        if (Files.isRegularFile(file)) {
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    @Test
    void thePasswordStaysInTheSettingsAndAMirrorIsAsGood() throws Exception {
        project.repository().jar("direct", "1.0", "one", "");
        String url = "http://localhost:" + server.getAddress().getPort() + "/";
        LockProject.Pom pom = LockProject.Pom.empty().with("dependencies", dependency("direct", "1.0"));
        project.write("pom.xml", pom.text(url));
        Path credentials = settings(
                "credentials.xml",
                "<servers><server><id>acme</id><username>" + USER + "</username><password>" + PASSWORD
                        + "</password></server></servers>");

        String output = project.succeeds("-X", "-s", credentials.toString(), "initialize");

        assertThat(output)
                .contains(url + "com/acme/it/direct/1.0/direct-1.0.jar")
                .doesNotContain(PASSWORD);
        assertThat(repository()).isEqualTo("acme");
        assertThat(filesWithThePassword(project.root())).isEmpty();
        assertThat(filesWithThePassword(project.local())).isEmpty();

        server.stop(0);
        byte[] lock = Files.readAllBytes(project.lockFile());
        Path mirror = settings(
                "mirror.xml",
                "<mirrors><mirror><id>cache</id><mirrorOf>acme</mirrorOf><url>"
                        + project.repository().url() + "</url></mirror></mirrors>");
        LockProject elsewhere =
                new LockProject(folder, project.root(), project.repository(), folder.resolve("local-elsewhere"));
        String mirrored = elsewhere.succeeds("-s", mirror.toString(), "initialize", "-Dml.locked");

        assertThat(mirrored).contains("ml.lock: everything is as locked: ");
        assertThat(project.lockFile()).hasBinaryContent(lock);
    }

    private Path settings(String name, String body) throws IOException {
        return Files.writeString(folder.resolve(name), "<settings>" + body + "</settings>");
    }

    private String repository() throws IOException {
        for (JsonNode entry : project.lock().path("dependencies")) {
            if (entry.path("artifact").asText().equals("com.acme.it:direct:jar:1.0")) {
                return entry.path("repository").asText();
            }
        }
        return "";
    }

    private static List<Path> filesWithThePassword(Path tree) throws IOException {
        List<Path> telling = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(PASSWORD)) {
                    telling.add(file);
                }
            }
        }
        return telling;
    }
}
