package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bounded number of requests over many connections: the memory of the last tenth is that of the fifth. */
final class Soak {

    /** The tool counts seconds, not requests; a tenth is as many of these as it takes. */
    private static final int SLICE_SECONDS = 2;

    private static final int TENTHS = 10;

    // All of the heap is there from the beginning: what grows is a leak, and no heap that nobody has needed so far.
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    private final BenchOptions options;
    private final PrintStream log;

    Soak(BenchOptions options, PrintStream log) {
        this.options = options;
        this.log = log;
    }

    void run(Results results) throws IOException, InterruptedException {
        if (options.soak() == 0) {
            return;
        }
        try {
            results.add(soak());
        } catch (BenchException e) {
            results.failed("soak", e);
        }
    }

    private Results.Soaked soak() throws IOException, InterruptedException, BenchException {
        BenchModel tiny = BenchModel.all(options).get(0);
        Case what = new Case(tiny, Encoding.JSON, tiny.small(), 32, false);
        Path work = options.work("soak");
        int port = ServerProcess.freePort();
        List<String> jvm = new ArrayList<>(options.jvm());
        jvm.addAll(HEAP);
        List<String> command = OurServer.command(
                ServingApplication.assemble(work.resolve("app"), tiny, "classes"), OurServer.java(), jvm);
        ServerProcess process =
                ServerProcess.start(command, Map.of("PORT", String.valueOf(port)), work.resolve("server.log"));
        List<Long> rss = new ArrayList<>();
        long sent = 0;
        try (HttpContender server = HttpContender.check(what, OurServer.NAME, process, port, work)) {
            for (int tenth = 1; tenth <= TENTHS; tenth++) {
                while (sent < options.soak() * tenth / TENTHS) {
                    Sample sample = server.measure(SLICE_SECONDS);
                    sent += Math.max(1, Math.round(sample.perSecond() * SLICE_SECONDS));
                }
                rss.add(process.rssBytes());
                log.printf("soak: %,d requests, %,d MB%n", sent, process.rssBytes() >> 20);
            }
        }
        return new Results.Soaked(sent, rss);
    }
}
