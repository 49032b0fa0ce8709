package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bounded number of requests of all kinds: the resident memory at their end is that at half of them. */
final class Soak {

    /** The tools count seconds, not requests; a tenth is as many slices of each kind as it takes. */
    private static final int SLICE_SECONDS = 1;

    private static final int TENTHS = 10;

    /** A slow machine sends fewer requests. */
    private static final Duration MAX_TENTH = Duration.ofSeconds(60);

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
        Path work = options.work("soak");
        int port = ServerProcess.freePort();
        List<String> jvm = new ArrayList<>(options.jvm());
        jvm.addAll(HEAP);
        List<String> command = OurServer.command(
                ServingApplication.assemble(work.resolve("app"), tiny, "classes"), OurServer.java(), jvm);
        List<Long> rss = new ArrayList<>();
        long sent = 0;
        try (ServerProcess process =
                ServerProcess.start(command, Map.of("PORT", String.valueOf(port)), work.resolve("server.log"))) {
            SoakMix mix = SoakMix.start(tiny, process, port, work);
            for (int tenth = 1; tenth <= TENTHS; tenth++) {
                long end = System.nanoTime() + MAX_TENTH.toNanos();
                while (sent < options.soak() * tenth / TENTHS && System.nanoTime() < end) {
                    sent += mix.run(SLICE_SECONDS);
                }
                rss.add(process.rssBytes());
                log.printf("soak: %,d requests, %,d MB%n", sent, process.rssBytes() >> 20);
            }
            mix.checkGolden();
            process.checkHandled();
        }
        return new Results.Soaked(sent, rss);
    }
}
