package io.github.mlmaven.serving.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are wrong in every way we know: each is refused in exact words, and nothing is left of it. */
@Timeout(120)
class MalformedRequestsTest {

    private static final int SHOWN = 300;
    private static final int ROUNDS = 2;
    private static final long MAX_GROWTH_KIB = 24 << 10;

    /** By the names of their kinds. */
    private static final Map<String, List<Wrong>> REQUESTS = made(List.of(
            JsonKinds.kinds(),
            TensorKinds.kinds(),
            FieldKinds.kinds(),
            RequestKinds.kinds(),
            BinaryKinds.kinds(),
            TabularKinds.kinds(),
            ContentKinds.kinds(),
            WireKinds.kinds()));

    private static final Map<String, List<WrongCall>> CALLS = made(List.of(GrpcKinds.kinds(), GrpcTensorKinds.kinds()));

    @TempDir
    static Path folder;

    private static FuzzedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = FuzzedServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachIsRefusedAndSaidWhy() throws Exception {
        assertThat(REQUESTS.values().stream().mapToInt(List::size).sum()).isGreaterThan(1500);

        assertThat(complaints()).isEmpty();

        server.assertUnharmed();
    }

    @Test
    void eachCallOfGrpcIsRefusedAndSaidWhy() throws Exception {
        assertThat(CALLS.values().stream().mapToInt(List::size).sum()).isGreaterThan(250);

        assertThat(complaintsOfGrpc()).isEmpty();

        server.assertUnharmed();
    }

    @Test
    void whatIsBrokenOffIsForgotten() throws Exception {
        Dice dice = new Dice("broken off");
        byte[] request = Post.infer("identity-bytes")
                .body("{\"inputs\":[".getBytes(UTF_8), new byte[100_000])
                .bytes();
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(request, 0, dice.between(1, request.length - 1));
                if (i < 100) {
                    // With a reset instead of an end.
                    socket.setSoLinger(true, 0);
                } else {
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().readAllBytes()).isEmpty();
                }
            }
        }

        server.assertUnharmed();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noMemoryIsLost() throws Exception {
        round();
        long before = server.residentKib();
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }

        // The heap has been touched and cannot grow. Beside it a round takes more than this, and gives it back.
        assertThat(server.residentKib() - before).isLessThan(MAX_GROWTH_KIB);
        server.assertUnharmed();
    }

    private static void round() throws IOException {
        assertThat(complaints()).isEmpty();
        assertThat(complaintsOfGrpc()).isEmpty();
    }

    private static List<String> complaints() throws IOException {
        Client client = new Client(server.port());
        List<String> complaints = new ArrayList<>();
        for (Map.Entry<String, List<Wrong>> kind : REQUESTS.entrySet()) {
            for (Wrong wrong : kind.getValue()) {
                client.complaint(wrong)
                        .ifPresent(complaint ->
                                complaints.add(kind.getKey() + ": " + complaint + "\n    to " + shown(wrong)));
            }
        }
        return complaints;
    }

    private static List<String> complaintsOfGrpc() throws IOException {
        GrpcClient client = new GrpcClient(server.port());
        List<String> complaints = new ArrayList<>();
        for (Map.Entry<String, List<WrongCall>> kind : CALLS.entrySet()) {
            for (WrongCall wrong : kind.getValue()) {
                client.complaint(wrong).ifPresent(complaint -> complaints.add(kind.getKey() + ": " + complaint));
            }
        }
        return complaints;
    }

    private static <T> Map<String, List<T>> made(List<List<Kind<T>>> tables) {
        Map<String, List<T>> requests = new LinkedHashMap<>();
        for (Kind<T> kind : tables.stream().flatMap(List::stream).toList()) {
            if (requests.put(kind.name(), kind.requests()) != null) {
                throw new IllegalStateException("two kinds have the name " + kind.name());
            }
        }
        return requests;
    }

    private static String shown(Wrong wrong) {
        String text = new String(wrong.request(), UTF_8);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
