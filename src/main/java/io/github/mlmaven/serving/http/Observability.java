package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.Example;
import io.github.mlmaven.serving.log.RequestLog;
import io.github.mlmaven.serving.metrics.ServingMetrics;
import java.util.Map;

/**
 * What the server tells of itself.
 *
 * @param metrics what it has counted
 * @param examples of requests, by the models' names; a model may have none
 */
public record Observability(ServingMetrics metrics, Map<String, Example> examples) {

    public Observability {
        examples = Map.copyOf(examples);
    }

    /** Of a server that nobody has told anything. */
    static Observability none() {
        return new Observability(new ServingMetrics(new RequestLog(false)), Map.of());
    }
}
