package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.json.InferenceJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (ForkedServer server = ForkedServer.start(application, folder, Map.of())) {
            CountDownLatch underLoad = new CountDownLatch(800);
            List<Future<Integer>> answered = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answered.add(clients.submit(() -> askUntilClosed(server.port(), body, underLoad)));
            }
            underLoad.await();
            server.process().destroy();
            int total = 0;
            for (Future<Integer> client : answered) {
                total += client.get();
            }
            assertThat(server.exitCode()).isZero();
            assertThat(total).isGreaterThanOrEqualTo(800);
        } finally {
            clients.shutdownNow();
        }
    }

    /** Keeps one connection busy until the server says that it will close it; anything but a 200 fails. */
    private static int askUntilClosed(int port, byte[] body, CountDownLatch underLoad) throws IOException {
        int answered = 0;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] head = ("POST /v2/models/add-sub/infer HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length
                            + "\r\nContent-Type: application/json\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            while (true) {
                out.write(head);
                out.write(body);
                assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
                boolean close = false;
                int length = 0;
                for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                    close |= line.equalsIgnoreCase("connection: close");
                    if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                assertThat(reader.read(new char[length])).isEqualTo(length);
                answered++;
                underLoad.countDown();
                if (close) {
                    return answered;
                }
            }
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
