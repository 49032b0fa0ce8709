package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelServerTest {

    private static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path folder;

    @Test
    void itStartsAnswersAndEnds() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("add-sub", "1.0", MODELS.resolve("add-sub/model.onnx"))
                .write();
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of())) {
            System.out.println(server.stdout());
            for (String p : new String[] {
                "/v2",
                "/v2/",
                "/v2/health/live",
                "/v2/health/ready",
                "/v2/models",
                "/v2/models/add-sub",
                "/v2/models/add-sub/versions/1.0/ready",
                "/x",
                "/v2/models/add-sub/infer"
            }) {
                var r = server.get(p);
                System.out.println(p + " " + r.statusCode() + " " + r.body() + " "
                        + r.headers().map());
            }
            var r = server.post("/v2/models/add-sub/infer", "{}");
            System.out.println(r.statusCode() + " " + r.body());
            server.process().destroy();
            System.out.println("exit " + server.exitCode() + " " + server.stderr());
            assertThat(server.exitCode()).isZero();
        }
    }
}
