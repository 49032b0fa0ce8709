package io.github.mlmaven.serving;

import static io.github.mlmaven.serving.ApplicationFolder.addToRepository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc;
import io.github.mlmaven.serving.grpc.wire.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.github.mlmaven.serving.grpc.wire.ModelRepositoryParameter;
import io.github.mlmaven.serving.grpc.wire.RepositoryIndexRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelLoadRequest;
import io.github.mlmaven.serving.grpc.wire.RepositoryModelUnloadRequest;
import io.github.mlmaven.serving.grpc.wire.ServerMetadataRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loading and unloading by calls. */
class ModelRepositoryTest extends RepositoryServer {

    @Test
    void aNewVersionIsLoadedAndTheOldOneToo() throws Exception {
        negate("2");
        assertThat(index(""))
                .isEqualTo("[" + entry("1", "READY", "") + "," + entry("2", "UNAVAILABLE", "not loaded") + "]");
        assertThat(predict()).isEqualTo("1 [3.0]");

        assertAnswer(post(LOAD, ""), 200, entry("2", "READY", ""));

        assertThat(predict()).isEqualTo("2 [-3.0]");
        assertThat(index("{\"ready\":true}")).isEqualTo("[" + entry("2", "READY", "") + "]");
        assertThat(server.get("/v2/models/sign/versions/1").body())
                .isEqualTo("{\"error\":\"unknown version 1 of model sign: expected 2\"}");
        assertThat(server.get("/v2").body())
                .contains("\"extensions\":[\"binary_tensor_data\",\"statistics\",\"model_repository\"]");

        assertAnswer(post(LOAD, "{\"parameters\":{\"version\":\"1\"}}"), 200, entry("1", "READY", ""));
        assertThat(predict()).isEqualTo("1 [3.0]");
    }

    @Test
    void theNewestVersionIsTakenAndAnotherModelMayJoin() throws Exception {
        negate("1.9");
        negate("1.10");
        negate("1.11-rc1");
        negate("1.11-rc2");
        addToRepository(repository, "other", "7", OnnxModels.add(folder.resolve("add.onnx")));
        assertThat(post(LOAD, "{}").body()).contains("\"version\":\"1.11-rc2\"");
        assertThat(post("/v2/repository/models/other/load", "").statusCode()).isEqualTo(200);
        assertThat(server.get("/v2/models").body()).isEqualTo("{\"models\":[\"sign\",\"other\"]}");
    }

    @Test
    void anUnloadedModelIsGoneAndComesBack() throws Exception {
        assertAnswer(
                post("/v2/repository/models/sign/unload", "{\"parameters\":{\"unload_dependents\":true}}"), 200, "{}");
        assertThat(server.get("/v2/models/sign").statusCode()).isEqualTo(404);
        assertAnswer(
                post("/v2/repository/models/sign/unload", ""),
                404,
                "{\"error\":\"unknown model sign: served are []\"}");
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        assertThat(post(LOAD, "").statusCode()).isEqualTo(200);
        assertThat(predict()).isEqualTo("1 [3.0]");
    }

    @Test
    void wrongRequestsGetTheirReason() throws Exception {
        assertAnswer(
                post("/v2/repository/models/x/load", ""),
                404,
                "{\"error\":\"unknown model x: the repository has sign\"}");
        assertAnswer(
                post("/v2/repository/models/..%2Fmodel%2Fsign/load", ""),
                404,
                "{\"error\":\"unknown model ../model/sign: the repository has sign\"}");
        assertAnswer(
                post(LOAD, "{\"parameters\":{\"config\":\"{}\"}}"),
                400,
                "{\"error\":\"parameters: expected version alone, found config\"}");
        assertAnswer(
                post(LOAD, "{\"parameters\":{\"version\":2}}"),
                400,
                "{\"error\":\"parameters: version: expected a string, found 2\"}");
        assertAnswer(post(LOAD, "[]"), 400, "{\"error\":\"expected a JSON object\"}");
        assertAnswer(post(LOAD, "{} {}"), 400, "{\"error\":\"expected nothing after the JSON object\"}");
        assertAnswer(
                post("/v2/repository/index", "{\"ready\":1}"),
                400,
                "{\"error\":\"ready: expected true or false, found 1\"}");
        assertThat(post(LOAD, "{").statusCode()).isEqualTo(400);
        assertThat(post(LOAD, " ".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(server.get(LOAD).statusCode()).isEqualTo(405);
        assertThat(post("/v2/repository/models/load", "").statusCode()).isEqualTo(404);
        assertThat(post("/v2/repository/models", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsRefusedIsNotDoneWhenTheRestOfItsBodyComes() throws Exception {
        negate("2");
        String body = "{}" + " ".repeat(64 << 10);
        String request = "POST " + LOAD + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), request)).startsWith("HTTP/1.1 413 ");
        assertThat(predict()).isEqualTo("1 [3.0]");
        assertThat(index("{\"ready\":true}")).isEqualTo("[" + entry("1", "READY", "") + "]");
    }

    @Test
    void aBodyThatCannotBeReadOnIsAnswered() throws Exception {
        String request = "POST " + LOAD + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n";
        assertThat(RawHttp.exchange(server.port(), request))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"the body is broken: ");
    }

    @Test
    void aVersionThatBreaksClientsDoesNotReplaceTheServedOne() throws Exception {
        addToRepository(repository, "sign", "2", OnnxModels.add(folder.resolve("add.onnx")));

        assertAnswer(
                post(LOAD, ""),
                400,
                "{\"error\":\"sign 2 was not loaded, 1 is served still: its contract breaks clients of 1: input"
                        + " renamed, expected x FP32[N], found a FP32[A]; input added, expected no input b, found b FP32[B]. Unload the model first, or start the"
                        + " server with ML_REPOSITORY_CONTRACT=any\"}");
        assertThat(predict()).isEqualTo("1 [3.0]");

        assertThat(post("/v2/repository/models/sign/unload", "").statusCode()).isEqualTo(200);
        assertAnswer(post(LOAD, ""), 200, entry("2", "READY", ""));
    }

    @Test
    void whereAnyContractIsTakenItReplacesTheServedOne() throws Exception {
        server.close();
        ApplicationFolder application = ApplicationFolder.withResources(folder)
                .add("sign", "1", folder.resolve("same.onnx"))
                .write();
        server = ForkedServer.start(
                application,
                folder,
                Map.of("ML_MODEL_REPOSITORY", repository.toString(), "ML_REPOSITORY_CONTRACT", "any"));
        addToRepository(repository, "sign", "2", OnnxModels.add(folder.resolve("add.onnx")));
        assertAnswer(post(LOAD, ""), 200, entry("2", "READY", ""));
    }

    @Test
    void theSameByGrpc() throws Exception {
        negate("2");
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        try {
            GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
            assertThat(stub.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                            .getExtensionsList())
                    .containsExactly("model_repository");
            stub.repositoryModelLoad(load("sign").build());
            assertThat(predict()).isEqualTo("2 [-3.0]");
            assertThat(stub.repositoryIndex(RepositoryIndexRequest.newBuilder()
                                    .setReady(true)
                                    .build())
                            .getModelsList())
                    .singleElement()
                    .satisfies(model -> assertThat(model.getVersion()).isEqualTo("2"));
            stub.repositoryModelLoad(load("sign")
                    .putParameters(
                            "version",
                            ModelRepositoryParameter.newBuilder()
                                    .setStringParam("1")
                                    .build())
                    .build());
            assertThat(predict()).isEqualTo("1 [3.0]");
            assertThatThrownBy(() -> stub.repositoryModelLoad(load("x").build()))
                    .hasMessage("NOT_FOUND: unknown model x: the repository has sign");
            assertThatThrownBy(() -> stub.repositoryModelLoad(load("sign")
                            .putParameters("config", ModelRepositoryParameter.getDefaultInstance())
                            .build()))
                    .hasMessage(
                            "INVALID_ARGUMENT: parameters: expected version with a string_param alone, found config");
            stub.repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                    .setModelName("sign")
                    .build());
            assertThat(server.get("/v2/models/sign").statusCode()).isEqualTo(404);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void withoutAFolderItIsSwitchedOff() throws Exception {
        server.close();
        ApplicationFolder application = ApplicationFolder.withResources(folder)
                .add("sign", "1", folder.resolve("same.onnx"))
                .write();
        try (ForkedServer off = ForkedServer.start(application, folder, Map.of())) {
            assertAnswer(
                    off.post(LOAD, "{}"),
                    404,
                    "{\"error\":\"the model repository extension is switched off on this server\"}");
        }
        ForkedServer none = ForkedServer.fork(
                application, folder, Map.of("ML_MODEL_REPOSITORY", "/none"), java.util.List.of(), java.util.List.of());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.errors())
                .containsExactly("ML_MODEL_REPOSITORY: expected a folder with NAME/VERSION/, found /none");
    }

    private static RepositoryModelLoadRequest.Builder load(String model) {
        return RepositoryModelLoadRequest.newBuilder().setModelName(model);
    }
}
