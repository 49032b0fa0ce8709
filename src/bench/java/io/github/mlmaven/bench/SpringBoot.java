package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Spring Boot controller as a Java developer writes it: {@code src/bench/spring-boot}. */
record SpringBoot() implements Peer {

    static final String NAME = "spring-boot";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailable(BenchOptions options) {
        return Files.exists(jar(options)) ? Optional.empty() : Optional.of("built by mvn verify -Dbench only");
    }

    @Override
    public Contender start(Case what, BenchOptions options) throws IOException, InterruptedException, BenchException {
        Path work = options.work(what.id() + " " + name());
        int port = ServerProcess.freePort();
        return HttpContender.check(what, name(), process(what.model(), port, options, work), port, work);
    }

    /** The heap may grow as large as the server's; otherwise as it comes. */
    static ServerProcess process(BenchModel model, int port, BenchOptions options, Path work) throws IOException {
        List<String> command = List.of(
                OurServer.java().toString(),
                "-XX:MaxRAMPercentage=75",
                "-jar",
                jar(options).toString(),
                "--server.port=" + port,
                "--model.path=" + model.onnx());
        return ServerProcess.start(command, Map.of(), work.resolve("server.log"));
    }

    private static Path jar(BenchOptions options) {
        return options.folder().resolve("peers/spring-boot/target/inference.jar");
    }
}
