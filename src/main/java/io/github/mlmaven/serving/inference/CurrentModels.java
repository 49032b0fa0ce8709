package io.github.mlmaven.serving.inference;

import java.util.Optional;
import java.util.function.Supplier;

/** The models that are asked now; every request looks here. Whoever takes a model out of it closes that model. */
public final class CurrentModels implements Supplier<Optional<Models>>, AutoCloseable {

    private volatile Optional<Models> models = Optional.empty();

    /** Empty until the first ones are loaded. */
    @Override
    public Optional<Models> get() {
        return models;
    }

    /** The first ones are loaded. */
    public synchronized void start(Models first) {
        models = Optional.of(first);
    }

    /** From now on this model is asked under its name; returns the one that was until now. */
    public synchronized Optional<ServedModel> put(ServedModel model) {
        Models before = models.orElseThrow(() -> new IllegalStateException("not started"));
        models = Optional.of(before.with(model));
        return before.named(model.descriptor().name());
    }

    /** From now on nobody is asked under this name; returns who was. */
    public synchronized Optional<ServedModel> remove(String name) {
        Models before = models.orElseThrow(() -> new IllegalStateException("not started"));
        models = Optional.of(before.without(name));
        return before.named(name);
    }

    /** Closes all of them. */
    @Override
    public void close() {
        models.ifPresent(Models::close);
    }
}
