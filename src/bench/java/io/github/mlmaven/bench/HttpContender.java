package io.github.mlmaven.bench;

import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A server under load. */
final class HttpContender implements Contender {

    private final ServerProcess process;
    private final int port;
    private final Load load;

    private HttpContender(ServerProcess process, int port, Load load) {
        this.process = process;
        this.port = port;
        this.load = load;
    }

    /** Waits until the server answers, and refuses other values than the golden ones; owns the process from here on. */
    static HttpContender check(Case what, String peer, ServerProcess process, int port, Path work)
            throws IOException, InterruptedException, BenchException {
        try {
            Golden golden = what.golden();
            FirstReply.await(process, port, Encoding.JSON.request(what.model().name(), golden.inputs()));
            Message request = what.encoding().request(what.model().name(), golden.inputs());
            Message reply;
            try (OneCall call = new OneCall()) {
                reply = call.send(what.encoding(), port, request);
            }
            golden.check(peer, what.encoding().outputs(reply));
            return new HttpContender(process, port, load(what, request, reply, work));
        } catch (TensorFormatException e) {
            process.close();
            throw new BenchException(peer + ": " + e.getMessage());
        } catch (IOException | InterruptedException | BenchException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static Load load(Case what, Message request, Message reply, Path work) throws IOException {
        return what.encoding() == Encoding.GRPC
                ? new H2load(request, reply.body().length, what.connections(), what.pinned(), work)
                : new Wrk(request, what.connections(), what.pinned(), work);
    }

    @Override
    public Sample measure(int seconds) throws IOException, InterruptedException, BenchException {
        Duration before = process.cpu();
        Load.Report report;
        try {
            report = load.run(port, seconds);
        } catch (BenchException e) {
            // A process that has ended says why, and the client only that it cannot connect.
            process.checkAlive();
            throw e;
        }
        process.checkAlive();
        double cpu = process.cpu().minus(before).toNanos() / 1e3;
        return new Sample(
                report.requests() / report.seconds(),
                report.p50Micros(),
                report.p99Micros(),
                cpu / report.requests(),
                process.rssBytes());
    }

    @Override
    public void close() {
        process.close();
    }
}
