package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * This project's server, started as its image starts it.
 *
 * @param name in results
 * @param settings environment variables besides the port
 */
record OurServer(String name, Map<String, String> settings) implements Peer {

    static final String NAME = "server";

    static final String WITHOUT_BATCHING = "server-without-batching";

    static final String ONE_EVENT_LOOP = "server-one-event-loop";

    OurServer {
        settings = Map.copyOf(settings);
    }

    /** With its defaults. */
    static OurServer asItIs() {
        return new OurServer(NAME, Map.of());
    }

    static OurServer withoutBatching() {
        return new OurServer(WITHOUT_BATCHING, Map.of("ML_BATCHING", "off"));
    }

    static OurServer withOneEventLoop() {
        return new OurServer(ONE_EVENT_LOOP, Map.of("ML_EVENT_LOOPS", "1"));
    }

    @Override
    public Contender start(Case what, BenchOptions options) throws IOException, InterruptedException, BenchException {
        Path work = options.work(what.id() + " " + name());
        List<String> command = command(
                ServingApplication.assemble(work.resolve("app"), what.model(), "classes"), java(), options.jvm());
        if (what.pinned()) {
            command = ServerProcess.onCore(0, command);
        }
        int port = ServerProcess.freePort();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PORT", String.valueOf(port));
        ServerProcess process = ServerProcess.start(command, environment, work.resolve("server.log"));
        return HttpContender.check(what, name(), process, port, work);
    }

    /** The image's command with options of the JVM put in. */
    static List<String> command(io.github.mlmaven.image.AssembledApplication application, Path java, List<String> jvm) {
        List<String> command = new ArrayList<>(application.command(java, ServingApplication.MAIN_CLASS));
        command.addAll(1, jvm);
        return command;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
