package io.github.mlmaven.serving.http;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What Vertex AI asks of a container.
 *
 * @param healthRoute the path of GET that says whether the server is ready
 * @param predictRoute the path of POST for predictions
 */
public record VertexSettings(String healthRoute, String predictRoute) {

    private static final String HEALTH = "AIP_HEALTH_ROUTE";
    private static final String PREDICT = "AIP_PREDICT_ROUTE";

    public VertexSettings {
        checkRoute(HEALTH, healthRoute);
        checkRoute(PREDICT, predictRoute);
    }

    /**
     * Reads them; empty when {@code AIP_MODE} is not set. Where Vertex AI sets no route it uses one with the endpoint
     * and the model deployed to it; {@code /health} and {@code /predict} where it does not name these either.
     *
     * @param environment value of an environment variable, or null
     * @throws IllegalArgumentException when a value is no path; the message names the variable
     */
    public static Optional<VertexSettings> read(UnaryOperator<@Nullable String> environment) {
        if (value(environment, "AIP_MODE").isEmpty()) {
            return Optional.empty();
        }
        Optional<String> deployed = value(environment, "AIP_ENDPOINT_ID")
                .flatMap(endpoint -> value(environment, "AIP_DEPLOYED_MODEL_ID")
                        .map(model -> "/v1/endpoints/" + endpoint + "/deployedModels/" + model));
        return Optional.of(new VertexSettings(
                value(environment, HEALTH).or(() -> deployed).orElse("/health"),
                value(environment, PREDICT)
                        .or(() -> deployed.map(path -> path + ":predict"))
                        .orElse("/predict")));
    }

    private static Optional<String> value(UnaryOperator<@Nullable String> environment, String variable) {
        return Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isEmpty());
    }

    private static void checkRoute(String variable, String route) {
        if (!route.startsWith("/") || route.chars().anyMatch(c -> c <= ' ' || c == '?' || c == '#' || c == 0x7F)) {
            throw new IllegalArgumentException(
                    variable + ": expected a path that starts with / and has no query, found " + route);
        }
    }
}
