package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** FastAPI, uvicorn and ONNX Runtime as a Python developer combines them: {@code src/bench/fastapi}. */
record FastApi() implements Peer {

    static final String NAME = "fastapi";

    private static final Path FOLDER = Path.of("src/bench/fastapi").toAbsolutePath();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailable(BenchOptions options) {
        try {
            Load.output(List.of("python3", "-c", "import fastapi, uvicorn, onnxruntime"));
            return Optional.empty();
        } catch (IOException | BenchException e) {
            return Optional.of("python3 has not all of fastapi, uvicorn and onnxruntime");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public Contender start(Case what, BenchOptions options) throws IOException, InterruptedException, BenchException {
        Path work = options.work(what.id() + " " + name());
        int port = ServerProcess.freePort();
        return HttpContender.check(what, name(), process(what.model(), port, work), port, work);
    }

    static ServerProcess process(BenchModel model, int port, Path work) throws IOException {
        List<String> command = List.of(
                "python3",
                "-m",
                "uvicorn",
                "app:app",
                "--app-dir",
                FOLDER.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--no-access-log");
        Map<String, String> environment = Map.of("MODEL_PATH", model.onnx().toString(), "PYTHONDONTWRITEBYTECODE", "1");
        return ServerProcess.start(command, environment, work.resolve("server.log"));
    }
}
