package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vertex AI's contract, and which model it asks, against servers in JVMs of their own. */
class VertexTest {

    @TempDir
    Path folder;

    @Test
    void theRoutesAreThoseOfTheEnvironment() throws Exception {
        try (ForkedServer server = ForkedServer.start(
                application(Datatype.INT64, Datatype.FP32),
                folder,
                Map.of(
                        "AIP_MODE", "PREDICTION",
                        "AIP_HTTP_PORT", "0",
                        "AIP_HEALTH_ROUTE", "/healthz",
                        "AIP_PREDICT_ROUTE", "/v1/endpoints/1/deployedModels/2:predict",
                        "ML_DEFAULT_MODEL", "identity-fp32"))) {
            assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(server.get("/healthz").body()).isEmpty();
            assertThat(server.post("/healthz", "").statusCode()).isEqualTo(405);
            String predict = "/v1/endpoints/1/deployedModels/2:predict";
            assertThat(server.get(predict).statusCode()).isEqualTo(405);
            assertThat(server.post(predict, "{\"instances\":[1,2.5],\"parameters\":{\"a\":{}}}")
                            .body())
                    .isEqualTo("{\"predictions\":[1.0,2.5]}");
            assertThat(server.post("/invocations", "{\"instances\":[1]}").body())
                    .isEqualTo("{\"predictions\":[1.0]}");
            HttpResponse<String> bad = server.post(predict, "{\"inputs\":[1]}");
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(bad.body()).isEqualTo("{\"error\":\"expected \\\"instances\\\", found none\"}");
        }
    }

    @Test
    void aRouteOfAnotherProtocolKeepsItsForms() throws Exception {
        try (ForkedServer server = ForkedServer.start(
                application(Datatype.INT64),
                folder,
                Map.of(
                        "AIP_MODE", "PREDICTION",
                        "AIP_HEALTH_ROUTE", "/ping",
                        "AIP_PREDICT_ROUTE", "/invocations"))) {
            assertThat(server.get("/ping").statusCode()).isEqualTo(200);
            assertThat(server.post("/invocations", "{\"instances\":[1]}").body())
                    .isEqualTo("{\"predictions\":[1]}");
            assertThat(server.post("/invocations", "{\"dataframe_records\":[{\"x\":1}]}")
                            .body())
                    .isEqualTo("{\"predictions\":[1]}");
        }
    }

    @Test
    void ofSeveralModelsOneMustBeNamed() throws Exception {
        try (ForkedServer server = ForkedServer.start(
                application(Datatype.INT64, Datatype.FP32),
                folder,
                Map.of("AIP_MODE", "PREDICTION", "AIP_ENDPOINT_ID", "1", "AIP_DEPLOYED_MODEL_ID", "2"))) {
            assertThat(server.get("/v1/endpoints/1/deployedModels/2").statusCode())
                    .isEqualTo(200);
            for (String path : List.of("/invocations", "/v1/endpoints/1/deployedModels/2:predict")) {
                HttpResponse<String> response = server.post(path, "{\"instances\":[1]}");
                assertThat(response.statusCode()).isEqualTo(404);
                assertThat(response.body())
                        .isEqualTo("{\"error\":\"this path names no model, and there are several: set ML_DEFAULT_MODEL"
                                + " to one of identity-int64, identity-fp32\"}");
            }
        }
    }

    @Test
    void anUnknownDefaultModelIsNamed() throws Exception {
        try (ForkedServer server =
                ForkedServer.start(application(Datatype.INT64), folder, Map.of("ML_DEFAULT_MODEL", "other"))) {
            assertThat(server.post("/invocations", "{\"instances\":[1]}").body())
                    .isEqualTo("{\"error\":\"ML_DEFAULT_MODEL: unknown model other: expected identity-int64\"}");
        }
    }

    @Test
    void aRouteMustBeAPath() throws Exception {
        try (ForkedServer server = ForkedServer.fork(
                application(Datatype.INT64),
                folder,
                Map.of("AIP_MODE", "PREDICTION", "AIP_PREDICT_ROUTE", "predict"),
                List.of(),
                List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors())
                    .containsExactly(
                            "AIP_PREDICT_ROUTE: expected a path that starts with / and has no query, found predict");
        }
    }

    private ApplicationFolder application(Datatype... datatypes) throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder);
        for (Datatype datatype : datatypes) {
            String name = "identity-" + datatype.name().toLowerCase(Locale.ROOT);
            application.add(name, "1", OnnxModels.identity(folder.resolve(name), datatype));
        }
        return application.write();
    }
}
