package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.json.InferenceJson;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLifeTest {

    private static final Path ADD_SUB = Path.of("src/test/models/add-sub/model.onnx");

    @TempDir
    Path folder;

    @Test
    void itPrintsItsModelsAndItsPort() throws Exception {
        ApplicationFolder application = addSub(ApplicationFolder.withModelFolder(folder))
                .add("second", "2", OnnxModels.add(folder.resolve("add.onnx")))
                .write();
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of())) {
            assertThat(server.stdout().subList(0, 2)).containsExactly("serving add-sub 1.0", "serving second 2");
            assertThat(server.stdout()).hasSize(3);
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void startedAsSageMakerDoesItAnswersOnSageMakersPort() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ForkedServer server = ForkedServer.start(
                application,
                folder,
                Map.of("SAGEMAKER_BIND_TO_PORT", Integer.toString(port), "PORT", "not looked at"),
                List.of(),
                List.of("serve"))) {
            assertThat(server.port()).isEqualTo(port);
            HttpResponse<String> ping = server.get("/ping");
            assertThat(ping.statusCode()).isEqualTo(200);
            assertThat(ping.body()).isEmpty();
            String row = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
            HttpResponse<String> prediction =
                    server.post("/invocations", "{\"instances\":[{\"INPUT0\":" + row + ",\"INPUT1\":" + row + "}]}");
            assertThat(prediction.statusCode()).isEqualTo(200);
            assertThat(prediction.body())
                    .isEqualTo("{\"predictions\":[{\"OUTPUT0\":[2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32],"
                            + "\"OUTPUT1\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]}");
        }
    }

    @Test
    void aTerminatedServerAnswersWhatItHasAcceptedAndEndsWithZero() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        byte[] body = InferenceJson.request(GoldenFiles.read(ADD_SUB.resolveSibling("test_data_set_0"), "input"));
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of());
                BusyClients clients = BusyClients.ask(server.port(), "/v2/models/add-sub/infer", body, 8)) {
            clients.awaitAnswers(800);
            server.process().destroy();
            assertThat(clients.answered()).isGreaterThanOrEqualTo(800);
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void anIdleServerEndsWithZeroAndListensNoMore() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of());
                Socket idle = new Socket("127.0.0.1", server.port())) {
            server.process().destroy();
            assertThat(server.exitCode()).isZero();
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void modelsThatAreResourcesAreCopiedAndDeletedAgain() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withResources(folder)).write();
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (ForkedServer server =
                ForkedServer.start(application, folder, Map.of(), List.of("-Djava.io.tmpdir=" + temporary))) {
            assertThat(server.get("/v2/models").body()).isEqualTo("{\"models\":[\"add-sub\"]}");
            server.process().destroy();
            assertThat(server.exitCode()).isZero();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).noneMatch(p -> p.getFileName().toString().startsWith("ml-model-"));
        }
    }

    @Test
    void withAModelFolderAndUnpackedNativesNoFileIsWritten() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        Path natives = Natives.unpack(Files.createDirectory(folder.resolve("natives")));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<String> options = List.of("-Donnxruntime.native.path=" + natives, "-Djava.io.tmpdir=" + temporary);
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of(), options)) {
            byte[] body = InferenceJson.request(GoldenFiles.read(ADD_SUB.resolveSibling("test_data_set_0"), "input"));
            assertThat(server.post("/v2/models/add-sub/infer", body).statusCode())
                    .isEqualTo(200);
        }
        // ONNX Runtime makes a temporary folder whatever it is told, and puts nothing into it.
        try (Stream<Path> written = Files.walk(temporary)) {
            assertThat(written).noneMatch(Files::isRegularFile);
        }
        try (Stream<Path> files = Files.list(application.modelPath())) {
            assertThat(files).containsExactly(application.modelPath().resolve("add-sub"));
        }
    }

    @Test
    void aWarmUpThatFailsIsSaidAndNotFatal() throws Exception {
        ApplicationFolder application = addSub(ApplicationFolder.withModelFolder(folder))
                .add("picky", "1", OnnxModels.needsSizeTwo(folder.resolve("m.onnx")))
                .write();
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of())) {
            assertThat(server.errors()).hasSize(1);
            assertThat(server.errors().get(0))
                    .startsWith("model picky: the warm-up with zeros failed, it is served all the same: ");
            assertThat(server.get("/v2/models/picky/ready").statusCode()).isEqualTo(200);
        }
    }

    private static ApplicationFolder addSub(ApplicationFolder application) throws Exception {
        return application.add("add-sub", "1.0", ADD_SUB);
    }
}
