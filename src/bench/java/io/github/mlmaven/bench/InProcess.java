package io.github.mlmaven.bench;

import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * ONNX Runtime in a Java loop, without any socket: what a server could reach at best.
 *
 * @param loop what one turn does
 * @param threads that loop; where it is bound, each with a session of its own as the server's threads have
 */
record InProcess(Loop loop, int threads) implements Peer {

    /** What one turn does. */
    enum Loop {
        /** JSON to tensors, the engine, tensors to JSON, as a Java developer would write it. */
        JSON,
        /** The engine alone, by its documentation. */
        RUN,
        /** JSON to tensors, the engine, tensors to JSON, with the server's own methods. */
        BOUND_JSON,
        /** The engine alone, as the server uses it. */
        BOUND_RUN
    }

    /** {@code loop-json-2} or {@code loop-bound-run-1}. */
    @Override
    public String name() {
        return "loop-" + loop.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + threads;
    }

    @Override
    public Contender start(Case what, BenchOptions options) throws IOException, InterruptedException, BenchException {
        Path work = Files.createDirectories(options.work(what.id() + " " + name()));
        Golden golden = what.golden();
        Path request = work.resolve("request.json");
        Path reply = work.resolve("reply.json");
        Files.deleteIfExists(reply);
        try {
            Files.write(request, InferenceJson.request(golden.inputs()));
            List<String> command = List.of(
                    OurServer.java().toString(),
                    "-XX:MaxRAMPercentage=75",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LoopProcess.class.getName(),
                    loop.name(),
                    String.valueOf(threads),
                    what.model().onnx().toString(),
                    request.toString(),
                    reply.toString());
            LoopContender contender = LoopContender.start(
                    what.pinned() ? ServerProcess.onCore(0, command) : command, work.resolve("loop.log"));
            try {
                golden.check(name(), InferenceJson.tensors(Files.readAllBytes(reply), "outputs"));
                return contender;
            } catch (IOException | BenchException | RuntimeException e) {
                contender.close();
                throw e;
            }
        } catch (TensorFormatException e) {
            throw new BenchException(name() + ": " + e.getMessage());
        }
    }
}
