package io.github.mlmaven.bench;

import io.github.mlmaven.image.AssembledApplication;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a process's start to its first reply with 200, without and with an archive of classes, one after the other. */
final class ColdStart {

    static final String WITHOUT = "server";
    static final String CDS = "server, CDS archive";
    static final String AOT = "server, JDK 25, AOT cache";

    private static final String JARRED = "classes.jar";

    private final BenchOptions options;
    private final PrintStream log;

    ColdStart(BenchOptions options, PrintStream log) {
        this.options = options;
        this.log = log;
    }

    /** Starts a server on a port. */
    private interface Start {
        ServerProcess on(int port) throws IOException;
    }

    /** {@code cold-start breast-cancer}. */
    static List<String> ids(BenchOptions options) {
        return BenchModel.all(options).stream().map(ColdStart::id).toList();
    }

    private static String id(BenchModel model) {
        return "cold-start " + model.name();
    }

    void run(Results results) throws IOException, InterruptedException {
        for (BenchModel model : BenchModel.all(options)) {
            if (options.cases().matcher(id(model)).matches()) {
                try {
                    measure(model, results);
                } catch (BenchException | TensorFormatException e) {
                    results.failed(id(model), new BenchException(String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private void measure(BenchModel model, Results results)
            throws IOException, InterruptedException, BenchException, TensorFormatException {
        Message request =
                Encoding.JSON.request(model.name(), model.golden(model.small()).inputs());
        Map<String, Start> contenders = contenders(model, request);
        contenders.keySet().removeIf(name -> !options.peers().matcher(name).matches());
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = 0; round <= options.rounds(); round++) {
            for (Map.Entry<String, Start> contender : contenders.entrySet()) {
                double took = once(contender.getValue(), request).toNanos() / 1e6;
                // The first start reads files that the later ones find in the page cache.
                if (round > 0) {
                    millis.computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
                            .add(took);
                    log.printf("%s, round %d, %s: %.0f ms%n", id(model), round, contender.getKey(), took);
                }
            }
        }
        millis.forEach((who, times) -> results.add(new Results.Start(model.name(), who, times)));
    }

    private Map<String, Start> contenders(BenchModel model, Message request)
            throws IOException, InterruptedException, BenchException {
        Path work = options.work(id(model));
        Map<String, Start> contenders = new LinkedHashMap<>();
        AssembledApplication inFolder = ServingApplication.assemble(work.resolve("folder"), model, "classes");
        contenders.put(WITHOUT, port -> start(inFolder, OurServer.java(), List.of(), port, work));
        AssembledApplication jarred = ServingApplication.assemble(work.resolve("jar"), model, JARRED);
        Path cds = work.resolve("application.jsa");
        train(jarred, OurServer.java(), "-XX:ArchiveClassesAtExit=" + cds, cds, request, work);
        contenders.put(
                CDS, port -> start(jarred, OurServer.java(), List.of("-XX:SharedArchiveFile=" + cds), port, work));
        if (options.jdk25().isPresent()) {
            Path java = options.jdk25().get().resolve("bin/java");
            Path aot = work.resolve("application.aot");
            train(jarred, java, "-XX:AOTCacheOutput=" + aot, aot, request, work);
            contenders.put(AOT, port -> start(jarred, java, List.of("-XX:AOTCache=" + aot), port, work));
        }
        if (new SpringBoot().unavailable(options).isEmpty()) {
            contenders.put(SpringBoot.NAME, port -> SpringBoot.process(model, port, options, work));
        }
        if (new FastApi().unavailable(options).isEmpty()) {
            contenders.put(FastApi.NAME, port -> FastApi.process(model, port, work));
        }
        return contenders;
    }

    private ServerProcess start(AssembledApplication application, Path java, List<String> jvm, int port, Path work)
            throws IOException {
        List<String> all = new ArrayList<>(options.jvm());
        all.addAll(jvm);
        return ServerProcess.start(
                OurServer.command(application, java, all),
                Map.of("PORT", String.valueOf(port)),
                work.resolve("server.log"));
    }

    /** One start with one request; at its end the JVM writes what it has loaded. */
    private void train(
            AssembledApplication application, Path java, String option, Path archive, Message request, Path work)
            throws IOException, InterruptedException, BenchException {
        Files.deleteIfExists(archive);
        once(port -> start(application, java, List.of(option), port, work), request);
        if (!Files.exists(archive)) {
            throw new BenchException("the JVM wrote no " + archive.getFileName() + ": "
                    + Files.readString(work.resolve("server.log")).strip());
        }
    }

    private static Duration once(Start start, Message request)
            throws IOException, InterruptedException, BenchException {
        int port = ServerProcess.freePort();
        try (ServerProcess process = start.on(port)) {
            return FirstReply.await(process, port, request);
        }
    }
}
