package io.github.mlmaven.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The process of a {@link LoopProcess}: a number of seconds in, a line of results out. */
final class LoopContender implements Contender {

    private final Process process;
    private final Path log;
    private final BufferedReader results;
    private final Writer rounds;

    private LoopContender(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.results = process.inputReader();
        this.rounds = process.outputWriter();
    }

    /** Starts it and waits until it has written its reply. */
    static LoopContender start(List<String> command, Path log) throws IOException, BenchException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        LoopContender contender = new LoopContender(builder.start(), log);
        if (!LoopProcess.READY.equals(contender.results.readLine())) {
            contender.close();
            throw new BenchException(
                    "the loop did not start: " + Files.readString(log).strip());
        }
        return contender;
    }

    @Override
    public Sample measure(int seconds) throws IOException, BenchException {
        Duration before = process.info().totalCpuDuration().orElse(Duration.ZERO);
        rounds.write(seconds + "\n");
        rounds.flush();
        String line = results.readLine();
        if (line == null) {
            throw new BenchException("the loop ended: " + Files.readString(log).strip());
        }
        double cpu = process.info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .minus(before)
                        .toNanos()
                / 1e3;
        String[] fields = line.split(" ");
        double turns = Double.parseDouble(fields[0]);
        return new Sample(
                turns / Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                cpu / turns,
                ServerProcess.rssBytes(process.pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
