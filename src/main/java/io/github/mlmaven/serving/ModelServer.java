package io.github.mlmaven.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.grpc.GrpcRoutes;
import io.github.mlmaven.serving.grpc.GrpcServices;
import io.github.mlmaven.serving.http.HttpEndpoint;
import io.github.mlmaven.serving.http.Observability;
import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.Admission;
import io.github.mlmaven.serving.inference.CurrentModels;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.inference.ServingListeners;
import io.github.mlmaven.serving.inference.SharedResources;
import io.github.mlmaven.serving.log.RequestLog;
import io.github.mlmaven.serving.metrics.ServingMetrics;
import io.github.mlmaven.serving.repository.ModelFiles;
import io.github.mlmaven.serving.repository.ModelLoader;
import io.github.mlmaven.serving.repository.ModelRepository;
import io.github.mlmaven.serving.repository.UnusableModelException;
import io.github.mlmaven.serving.statistics.ModelStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Serves the models of an application; what a generated entrypoint calls. */
public final class ModelServer {

    private static final String DESCRIPTOR = DescriptorJson.RESOURCE;

    /** Work for the pool that may wait: models' threads that start, and large bodies to be read. */
    private static final int POOL_QUEUE = 1024;

    /** From SIGTERM to the last reply; platforms kill after 30 seconds, and threads and models end after it. */
    private static final Duration DRAIN = Duration.ofSeconds(25);

    /** For so long a model may take to be freed at the end, before the process ends without that. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Readiness readiness = new Readiness();
    private final InferencePool pool = new InferencePool(Runtime.getRuntime().availableProcessors(), POOL_QUEUE);
    private final ModelStatistics statistics = new ModelStatistics();
    private final CurrentModels models = new CurrentModels();

    private ModelServer() {}

    /**
     * Serves until SIGTERM, then ends the JVM: exit code 0 after draining, 1 when it cannot start, 2 for arguments that
     * it does not know. {@code serve} is accepted and ignored, as SageMaker passes it.
     *
     * @param application a class beside {@code META-INF/ml/models.json}
     * @param args the command line
     */
    public static void run(Class<?> application, String[] args) {
        for (String arg : args) {
            if (!arg.equals("serve")) {
                System.err.println("unknown argument: " + arg);
                System.err.println("usage: [serve]; environment variables configure it: see \"The server\","
                        + " docs/server.md of ml-maven-plugin");
                System.exit(2);
            }
        }
        // One line in the log for each record, as containers' logs are read by the line.
        System.getProperties().putIfAbsent("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT %4$s %5$s%6$s%n");
        // Its own resolver would be set up at start, and a server resolves nothing.
        System.setProperty("vertx.disableDnsResolver", "true");
        ModelServer server = new ModelServer();
        try {
            server.serve(application);
        } catch (StartException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            // HTTP may listen already, and its threads would keep the JVM alive without a model for ever.
            boolean starting = server.readiness.state() == Readiness.State.STARTING;
            fail(new StartException(starting ? "cannot start" : "cannot stop in order", e));
        }
    }

    private static void fail(StartException e) {
        e.problems().forEach(System.err::println);
        System.exit(1);
    }

    private void serve(Class<?> application) throws StartException {
        ClassLoader resources = application.getClassLoader();
        ServerSettings settings = settings();
        List<ModelDescriptor> descriptors = descriptors(resources);
        RequestLog log = new RequestLog(settings.accessLog());
        ServingMetrics metrics = new ServingMetrics(log);
        ServingListener listener = new ServingListeners(List.of(statistics, metrics));
        SharedResources shared = new SharedResources(pool, new Admission(settings.maxQueue()), listener);
        Map<String, Example> examples = examples(descriptors, resources);
        ModelLoader loader = new ModelLoader(settings.engine(), settings.batching(), examples, shared);
        Optional<ModelRepository> repository =
                settings.repository().map(options -> new ModelRepository(options, loader, models, readiness));
        Observability observability = new Observability(metrics, examples);
        HttpEndpoint http = listen(settings, listener, observability, repository);
        CountDownLatch terminated = new CountDownLatch(1);
        TerminationSignals.onTermination(terminated::countDown);
        Optional<Path> folder = settings.modelPath().or(() -> ModelPlace.beside(application, descriptors));
        try (ModelFiles files = files(descriptors, folder, resources)) {
            models.start(load(descriptors, files, loader));
            repository.ifPresent(present -> present.startedWith(files, descriptors));
            if (terminated.getCount() > 0) {
                ready(http, descriptors, loader);
                terminated.await();
            }
            repository.ifPresent(ModelRepository::close);
            drain(http, settings.grace());
            log.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }

    private void ready(HttpEndpoint http, List<ModelDescriptor> descriptors, ModelLoader loader) {
        readiness.advance(Readiness.State.READY);
        descriptors.forEach(model -> System.out.println("serving " + model.name() + " " + model.version()));
        if (http.ports().size() > 1) {
            System.out.println("gRPC on port " + http.ports().get(1) + " too");
        }
        System.out.println("ready on port " + http.port() + " (started in " + sinceStart() + " ms)");
        // Afterwards, as running a model in many ways takes longer than starting does.
        Models loaded = models.get().orElseThrow();
        for (String name : loaded.names()) {
            loaded.named(name).ifPresent(model -> pool.offer(() -> loader.decideMerging(model)));
        }
    }

    /** Readiness turns first; what was accepted is answered, then everything closes. */
    private void drain(HttpEndpoint http, Duration grace) throws InterruptedException {
        readiness.advance(Readiness.State.DRAINING);
        Thread.sleep(grace.toMillis());
        http.shutdown(DRAIN.minus(grace));
        pool.close();
        readiness.advance(Readiness.State.STOPPED);
        http.close();
        // A run that does not end shall not keep the process from ending.
        Thread closing = new Thread(models::close, "close");
        closing.setDaemon(true);
        closing.start();
        closing.join(CLOSE.toMillis());
    }

    private static ModelFiles files(List<ModelDescriptor> descriptors, Optional<Path> folder, ClassLoader resources)
            throws StartException {
        try {
            return ModelFiles.open(descriptors, folder, resources);
        } catch (UnusableModelException e) {
            throw new StartException(e.problems());
        }
    }

    private static ServerSettings settings() throws StartException {
        try {
            return ServerSettings.read(System::getenv, System::getProperty);
        } catch (IllegalArgumentException e) {
            throw new StartException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static List<ModelDescriptor> descriptors(ClassLoader resources) throws StartException {
        try (InputStream in = resources.getResourceAsStream(DESCRIPTOR)) {
            if (in == null) {
                throw new StartException(List.of(DESCRIPTOR + " is not on the class path"));
            }
            List<ModelDescriptor> descriptors = DescriptorJson.read(in);
            Set<String> names = new HashSet<>();
            List<String> problems = descriptors.stream()
                    .map(ModelDescriptor::name)
                    .filter(name -> !names.add(name))
                    .map(name -> DESCRIPTOR + ": two models named " + name + "; a name is a path of the server")
                    .distinct()
                    .toList();
            if (!problems.isEmpty()) {
                throw new StartException(problems);
            }
            return descriptors;
        } catch (JsonProcessingException e) {
            throw new StartException(List.of(DESCRIPTOR + ": " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ")"));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(List.of(DESCRIPTOR + ": " + e.getMessage()));
        }
    }

    private HttpEndpoint listen(
            ServerSettings settings,
            ServingListener listener,
            Observability observability,
            Optional<ModelRepository> repository)
            throws StartException {
        try {
            String version = ModelServer.class.getPackage().getImplementationVersion();
            Serving serving = new Serving(
                    models,
                    readiness,
                    pool,
                    listener,
                    statistics,
                    version == null ? "development" : version,
                    settings.platforms(),
                    observability,
                    repository.map(present -> present));
            GrpcServices grpc = new GrpcServices(serving);
            return HttpEndpoint.listen(
                    settings.ports(),
                    settings.eventLoops(),
                    settings.limits(),
                    serving,
                    List.of(scope -> new GrpcRoutes(grpc, scope)));
        } catch (IOException e) {
            throw new StartException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Example> examples(List<ModelDescriptor> descriptors, ClassLoader resources) {
        Map<String, Example> examples = new HashMap<>();
        for (ModelDescriptor model : descriptors) {
            ModelExamples.read(resources, model).ifPresent(example -> examples.put(model.name(), example));
        }
        return examples;
    }

    private Models load(List<ModelDescriptor> descriptors, ModelFiles files, ModelLoader loader) throws StartException {
        List<ServedModel> served = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ModelDescriptor descriptor : descriptors) {
            try {
                served.add(loader.load(files.stored(descriptor)));
            } catch (EngineException e) {
                problems.add("model " + descriptor.name() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new StartException(problems);
        }
        return new Models(served);
    }

    private static long sinceStart() {
        Instant now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now)
                .toMillis();
    }
}
