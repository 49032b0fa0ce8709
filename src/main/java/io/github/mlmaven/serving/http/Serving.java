package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.LoadableModels;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.statistics.ModelStatistics;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every protocol serves from.
 *
 * @param models empty until all of them are loaded
 * @param readiness of this process
 * @param pool for what would keep an event loop
 * @param listener hears of every request
 * @param statistics what the models have done
 * @param version the server's own
 * @param platforms what platforms ask whose paths name no model
 * @param observability what the server tells of itself
 * @param repository loads and unloads models; empty when that is switched off
 */
public record Serving(
        Supplier<Optional<Models>> models,
        Readiness readiness,
        InferencePool pool,
        ServingListener listener,
        ModelStatistics statistics,
        String version,
        PlatformSettings platforms,
        Observability observability,
        Optional<LoadableModels> repository) {

    /** Models alone: nobody listens, no platform asks. */
    public Serving(Supplier<Optional<Models>> models, Readiness readiness, InferencePool pool) {
        this(
                models,
                readiness,
                pool,
                ServingListener.NONE,
                new ModelStatistics(),
                "development",
                PlatformSettings.NONE,
                Observability.none(),
                Optional.empty());
    }
}
