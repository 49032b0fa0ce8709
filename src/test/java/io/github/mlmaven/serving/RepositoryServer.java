package io.github.mlmaven.serving;

import static io.github.mlmaven.serving.ApplicationFolder.addToRepository;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with a model repository in a JVM of its own; version 1 gives x back, version 2 -x. */
abstract class RepositoryServer {

    static final String LOAD = "/v2/repository/models/sign/load";

    static final String REQUEST = "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[3]}]}";

    @TempDir
    Path folder;

    Path repository;
    ForkedServer server;

    @BeforeEach
    void start() throws Exception {
        repository = Files.createDirectory(folder.resolve("repository"));
        Path same = OnnxModels.unary(folder.resolve("same.onnx"), "Identity", 1, 1, "N");
        ApplicationFolder application =
                ApplicationFolder.withModelFolder(folder).add("sign", "1", same).write();
        server = ForkedServer.start(application, folder, Map.of("ML_MODEL_REPOSITORY", repository.toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void negate(String version) throws Exception {
        Path onnx = OnnxModels.unary(folder.resolve("negative.onnx"), "Neg", 1, 1, "N");
        addToRepository(repository, "sign", version, onnx);
    }

    /** The version that answered, and its answer for 3. */
    String predict() throws Exception {
        String body = server.post("/v2/models/sign/infer", REQUEST).body();
        return body.replaceAll(".*\"model_version\":\"([^\"]*)\".*\"data\":(\\[[^]]*]).*", "$1 $2");
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return server.post(path, body);
    }

    String index(String body) throws Exception {
        return post("/v2/repository/index", body).body();
    }

    static String entry(String version, String state, String reason) {
        return "{\"name\":\"sign\",\"version\":\"" + version + "\",\"state\":\"" + state + "\",\"reason\":\"" + reason
                + "\"}";
    }

    static void assertAnswer(HttpResponse<String> reply, int status, String body) {
        assertThat(reply.body()).isEqualTo(body);
        assertThat(reply.statusCode()).isEqualTo(status);
    }
}
