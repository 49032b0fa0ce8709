package io.github.mlmaven.serving;

import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.http.HttpLimits;
import io.github.mlmaven.serving.http.PlatformSettings;
import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.repository.RepositoryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the environment asks of the server.
 *
 * @param port 0 for any that is free
 * @param grpcPort a second port with the same; 0 for any that is free
 * @param modelPath the folder with the models' files; empty when they are resources
 * @param repository how models are loaded while the server runs; empty when none are
 * @param eventLoops threads that talk to clients and run quick models
 * @param grace for so long a draining server still takes connections
 * @param limits of HTTP
 * @param engine threads of the engine
 * @param batching how requests are merged
 * @param maxQueue calls that may wait for an engine
 * @param platforms what platforms ask whose paths name no model
 * @param accessLog whether requests that succeed get a line in the log too
 */
record ServerSettings(
        int port,
        OptionalInt grpcPort,
        Optional<Path> modelPath,
        Optional<RepositoryOptions> repository,
        int eventLoops,
        Duration grace,
        HttpLimits limits,
        EngineOptions engine,
        BatchOptions batching,
        int maxQueue,
        PlatformSettings platforms,
        boolean accessLog) {

    /**
     * The order in which platforms' own variables are looked up. {@code AIP_HTTP_PORT} counts without {@code AIP_MODE}
     * too, as all of them do: nobody else sets it, and whoever does means the port. Only Vertex AI's routes need
     * {@code AIP_MODE}.
     */
    private static final List<String> PORTS = List.of("AIP_HTTP_PORT", "SAGEMAKER_BIND_TO_PORT", "PORT");

    private static final int DEFAULT_PORT = 8080;

    /** Requests must still be answered after it, before platforms kill the process after 30 seconds. */
    private static final int MAX_GRACE = 20_000;

    /**
     * Reads them; a variable that is empty counts as one that is not set.
     *
     * @param variables value of an environment variable, or null
     * @param properties value of a system property, or null
     * @throws IllegalArgumentException when a value is no such thing; the message names the variable
     */
    static ServerSettings read(UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
        UnaryOperator<@Nullable String> environment = variable -> {
            String value = variables.apply(variable);
            return value == null || value.isEmpty() ? null : value;
        };
        int port = DEFAULT_PORT;
        for (String variable : PORTS) {
            String value = environment.apply(variable);
            if (value != null) {
                port = (int) number(variable, value, 0, 65535);
                break;
            }
        }
        String modelPath = properties.apply("ml.model.path");
        if (modelPath == null) {
            modelPath = environment.apply("ML_MODEL_PATH");
        }
        String body = environment.apply("ML_MAX_BODY_BYTES");
        String threads = environment.apply("ML_INTRA_OP_THREADS");
        String grpcPort = environment.apply("ML_GRPC_PORT");
        return new ServerSettings(
                port,
                grpcPort == null
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) number("ML_GRPC_PORT", grpcPort, 0, 65535)),
                modelPath == null || modelPath.isEmpty() ? Optional.empty() : Optional.of(Path.of(modelPath)),
                repository(environment),
                eventLoops(environment),
                grace(environment),
                body == null
                        ? HttpLimits.DEFAULT
                        : HttpLimits.ofBody(number("ML_MAX_BODY_BYTES", body, 1, Integer.MAX_VALUE - 8)),
                threads == null
                        ? EngineOptions.DEFAULT
                        : new EngineOptions((int) number("ML_INTRA_OP_THREADS", threads, 1, 1024), 1),
                batching(environment),
                (int) number("ML_MAX_QUEUE", orElse(environment.apply("ML_MAX_QUEUE"), "1024"), 1, 1_000_000),
                PlatformSettings.read(environment),
                isOn(environment, "ML_ACCESS_LOG", "off"));
    }

    private static int eventLoops(UnaryOperator<@Nullable String> environment) {
        String variable = "ML_EVENT_LOOPS";
        String count = environment.apply(variable);
        return count == null ? Runtime.getRuntime().availableProcessors() : (int) number(variable, count, 1, 1024);
    }

    private static Duration grace(UnaryOperator<@Nullable String> environment) {
        String variable = "ML_SHUTDOWN_GRACE_MILLIS";
        return Duration.ofMillis(number(variable, orElse(environment.apply(variable), "400"), 0, MAX_GRACE));
    }

    private static Optional<RepositoryOptions> repository(UnaryOperator<@Nullable String> environment) {
        String variable = "ML_MODEL_REPOSITORY";
        String folder = environment.apply(variable);
        if (folder == null) {
            return Optional.empty();
        }
        if (!Files.isDirectory(Path.of(folder))) {
            throw new IllegalArgumentException(variable + ": expected a folder with NAME/VERSION/, found " + folder);
        }
        return Optional.of(new RepositoryOptions(Path.of(folder), anyContract(environment)));
    }

    private static boolean anyContract(UnaryOperator<@Nullable String> environment) {
        String variable = "ML_REPOSITORY_CONTRACT";
        String rule = orElse(environment.apply(variable), "check");
        if (!rule.equals("check") && !rule.equals("any")) {
            throw new IllegalArgumentException(variable + ": expected check or any, found " + rule);
        }
        return rule.equals("any");
    }

    private static BatchOptions batching(UnaryOperator<@Nullable String> environment) {
        boolean merge = isOn(environment, "ML_BATCHING", "on");
        long rows = number("ML_MAX_BATCH", orElse(environment.apply("ML_MAX_BATCH"), "64"), 1, 65536);
        String delay = "ML_MAX_BATCH_DELAY_MICROS";
        long micros = number(delay, orElse(environment.apply(delay), "0"), 0, 1_000_000);
        return merge ? new BatchOptions(true, (int) rows, Duration.of(micros, ChronoUnit.MICROS)) : BatchOptions.OFF;
    }

    private static boolean isOn(UnaryOperator<@Nullable String> environment, String variable, String other) {
        String value = orElse(environment.apply(variable), other);
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(variable + ": expected on or off, found " + value);
        };
    }

    private static String orElse(@Nullable String value, String other) {
        return value == null ? other : value;
    }

    /** The port of everything first; the second only when it is another. */
    List<Integer> ports() {
        return grpcPort.isPresent() && (grpcPort.getAsInt() == 0 || grpcPort.getAsInt() != port)
                ? List.of(port, grpcPort.getAsInt())
                : List.of(port);
    }

    private static long number(String variable, String value, long min, long max) {
        try {
            long number = Long.parseLong(value.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException(
                variable + ": expected a number from " + min + " to " + max + ", found " + value);
    }
}
