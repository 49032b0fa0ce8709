package io.github.mlmaven.serving.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models of this process, by name; each has one version. */
public final class Models implements AutoCloseable {

    private final Map<String, ServedModel> byName = new LinkedHashMap<>();

    /** In the descriptor's order. */
    public Models(List<ServedModel> models) {
        for (ServedModel model : models) {
            if (byName.put(model.descriptor().name(), model) != null) {
                throw new IllegalArgumentException(
                        "two models named " + model.descriptor().name());
            }
        }
    }

    /** The same with this model, in the place of the one of its name. */
    Models with(ServedModel model) {
        Map<String, ServedModel> models = new LinkedHashMap<>(byName);
        models.put(model.descriptor().name(), model);
        return new Models(List.copyOf(models.values()));
    }

    /** The same without the model of this name. */
    Models without(String name) {
        Map<String, ServedModel> models = new LinkedHashMap<>(byName);
        models.remove(name);
        return new Models(List.copyOf(models.values()));
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The model of this name. */
    public Optional<ServedModel> named(String name) {
        @Nullable ServedModel model = byName.get(name);
        return Optional.ofNullable(model);
    }

    @Override
    public void close() {
        byName.values().forEach(ServedModel::close);
    }
}
