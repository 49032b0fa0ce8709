package io.github.mlmaven.serving.http;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What platforms ask whose paths name no model.
 *
 * @param defaultModel the model they mean; empty where there is only one
 * @param vertex Vertex AI's own paths; empty elsewhere
 */
public record PlatformSettings(Optional<String> defaultModel, Optional<VertexSettings> vertex) {

    /** No wishes. */
    public static final PlatformSettings NONE = new PlatformSettings(Optional.empty(), Optional.empty());

    /**
     * Reads them.
     *
     * @param environment value of an environment variable, or null
     * @throws IllegalArgumentException when a value is no such thing; the message names the variable
     */
    public static PlatformSettings read(UnaryOperator<@Nullable String> environment) {
        return new PlatformSettings(
                Optional.ofNullable(environment.apply(DefaultModel.VARIABLE)).filter(name -> !name.isEmpty()),
                VertexSettings.read(environment));
    }
}
