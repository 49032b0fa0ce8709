package io.github.mlmaven.bench;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The kinds of requests that come to a server, one after the other. */
final class SoakMix {

    private static final int CONNECTIONS = 32;

    /** More different numbers of rows than the server keeps memory for. */
    private static final int SHAPES = 160;

    private final BenchModel model;
    private final ServerProcess process;
    private final int port;
    private final Map<String, Load> loads = new LinkedHashMap<>();

    private SoakMix(BenchModel model, ServerProcess process, int port) {
        this.model = model;
        this.process = process;
        this.port = port;
    }

    /** Waits until the server answers, with the golden values. */
    static SoakMix start(BenchModel model, ServerProcess process, int port, Path work)
            throws IOException, InterruptedException, BenchException {
        SoakMix mix = new SoakMix(model, process, port);
        try {
            mix.addLoads(work);
        } catch (TensorFormatException e) {
            throw new BenchException(String.valueOf(e.getMessage()));
        }
        return mix;
    }

    private void addLoads(Path work) throws IOException, InterruptedException, BenchException, TensorFormatException {
        Message small = request(Encoding.JSON, model.small());
        FirstReply.await(process, port, small);
        checkGolden();
        loads.put("JSON", new Wrk(small, CONNECTIONS, false, work.resolve("json")));
        loads.put(
                "gzip", new Wrk(gzip(request(Encoding.JSON, model.large())), CONNECTIONS, false, work.resolve("gzip")));
        Message call = request(Encoding.GRPC, model.small());
        int replyBytes = send(Encoding.GRPC, call).body().length;
        loads.put("gRPC", new H2load(call, replyBytes, CONNECTIONS, false, work.resolve("grpc")));
        loads.put("changing shapes", new Wrk(shapes(), CONNECTIONS, false, work.resolve("shapes")));
        loads.put("odd clients", new OddClients(small, request(Encoding.BINARY, model.small())));
    }

    /** So many seconds of each kind; the number of requests. */
    long run(int seconds) throws IOException, InterruptedException, BenchException {
        long sent = 0;
        for (Map.Entry<String, Load> load : loads.entrySet()) {
            try {
                sent += load.getValue().run(port, seconds).requests();
            } catch (BenchException e) {
                process.checkAlive();
                throw new BenchException(load.getKey() + ": " + e.getMessage());
            }
        }
        process.checkAlive();
        return sent;
    }

    /** Refuses other values than the golden ones. */
    void checkGolden() throws IOException, InterruptedException, BenchException {
        Golden golden = model.golden(model.small());
        try {
            Message reply = send(Encoding.JSON, request(Encoding.JSON, model.small()));
            golden.check("soak", Encoding.JSON.outputs(reply));
        } catch (TensorFormatException e) {
            throw new BenchException("soak: " + e.getMessage());
        }
    }

    private Message send(Encoding encoding, Message request) throws InterruptedException, BenchException {
        try (OneCall call = new OneCall()) {
            return call.send(encoding, port, request);
        }
    }

    private Message request(Encoding encoding, int rows) throws IOException, BenchException, TensorFormatException {
        return encoding.request(model.name(), model.golden(rows).inputs());
    }

    private static Message gzip(Message message) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(body)) {
            out.write(message.body());
        }
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.put("Content-Encoding", "gzip");
        headers.put("Accept-Encoding", "gzip");
        return new Message(message.path(), headers, body.toByteArray());
    }

    private List<Message> shapes() throws IOException, BenchException, TensorFormatException {
        List<Tensor> row = model.golden(1).inputs();
        List<Message> shapes = new ArrayList<>();
        for (int rows = 1; rows <= SHAPES; rows++) {
            int count = rows;
            shapes.add(Encoding.JSON.request(
                    model.name(),
                    row.stream().map(tensor -> repeated(tensor, count)).toList()));
        }
        return shapes;
    }

    private static Tensor repeated(Tensor row, int rows) {
        ByteBuffer data = ByteBuffer.allocate(row.bytes() * rows);
        for (int i = 0; i < rows; i++) {
            data.put(row.data());
        }
        long[] shape = row.shape();
        shape[0] = rows;
        return new Tensor(row.name(), row.datatype(), shape, data.flip());
    }
}
