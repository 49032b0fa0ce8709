package io.github.mlmaven.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HTTP/1.1 by wrk, the cheapest client there is, on one thread: the machine has two cores for everything. */
final class Wrk implements Load {

    private static final String MARK = "bench ";

    private static final String BODY = """
            function body(i)
              return io.open('%s' .. i, 'rb'):read('*a')
            end
            wrk.body = body(1)
            """;

    /** Formatted once, when wrk knows the host. */
    private static final String IN_TURNS = """
            local requests = {}
            local last = 0
            function init(args)
              for i = 1, %d do
                requests[i] = wrk.format(nil, nil, nil, body(i))
              end
            end
            function request()
              last = last %% #requests + 1
              return requests[last]
            end
            """;

    private final Path script;
    private final String path;
    private final int connections;
    private final boolean pinned;

    /** Writes the script that sends the message. */
    Wrk(Message message, int connections, boolean pinned, Path folder) throws IOException {
        this(List.of(message), connections, pinned, folder);
    }

    /** Writes the script that sends the messages, which differ in their bodies only, one after the other. */
    Wrk(List<Message> messages, int connections, boolean pinned, Path folder) throws IOException {
        Files.createDirectories(folder);
        Message message = messages.get(0);
        for (int i = 0; i < messages.size(); i++) {
            Files.write(folder.resolve("body" + (i + 1)), messages.get(i).body());
        }
        StringBuilder lua = new StringBuilder("wrk.method = 'POST'\n");
        message.headers().forEach((name, value) -> lua.append("wrk.headers['" + name + "'] = '" + value + "'\n"));
        lua.append(BODY.formatted(folder.resolve("body")));
        if (messages.size() > 1) {
            lua.append(IN_TURNS.formatted(messages.size()));
        }
        lua.append("""
                function done(summary, latency, requests)
                  local errors = summary.errors
                  print(string.format('%s{"requests": %%d, "micros": %%d, "p50": %%d, "p99": %%d, "failed": %%d}',
                      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
                      errors.status + errors.connect + errors.read + errors.write + errors.timeout))
                end
                """.formatted(MARK));
        this.script = Files.writeString(folder.resolve("post.lua"), lua);
        this.path = message.path();
        this.connections = connections;
        this.pinned = pinned;
    }

    @Override
    public Report run(int port, int seconds) throws IOException, InterruptedException, BenchException {
        List<String> command = List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds,
                "--timeout",
                "30s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port + path);
        String output = Load.output(pinned ? ServerProcess.onCore(1, command) : command);
        String line = output.lines()
                .filter(l -> l.startsWith(MARK))
                .findFirst()
                .orElseThrow(() -> new BenchException("wrk printed no result: " + output));
        JsonNode report = new ObjectMapper().readTree(line.substring(MARK.length()));
        if (report.get("failed").asLong() > 0) {
            throw new BenchException(report.get("failed") + " of " + report.get("requests") + " requests failed");
        }
        return new Report(
                report.get("requests").asLong(),
                report.get("micros").asLong() / 1e6,
                report.get("p50").asDouble(),
                report.get("p99").asDouble());
    }
}
