package io.github.mlmaven.verify;

import java.util.Map;

/**
 * What a pom demands of the models.
 *
 * @param models by name, of those with demands of their own
 * @param others of all others
 */
public record Rules(Map<String, ModelRules> models, ModelRules others) {

    /** Nothing. */
    public static final Rules NONE = new Rules(Map.of(), ModelRules.NONE);

    public Rules {
        models = Map.copyOf(models);
    }

    ModelRules of(String model) {
        return models.getOrDefault(model, others);
    }
}
