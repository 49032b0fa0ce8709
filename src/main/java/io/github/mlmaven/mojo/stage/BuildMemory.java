package io.github.mlmaven.mojo.stage;

import java.util.Map;
import java.util.Optional;

/**
 * What the goals of one build share: Maven's plugin context, one map for each plugin and project of a session. A result
 * is kept under the settings that led to it, so that an execution with other settings gets its own.
 *
 * @param context the plugin context
 */
@SuppressWarnings("rawtypes") // Maven hands the map over without type arguments.
public record BuildMemory(Map context) {

    /** Work that may fail in one more way. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E, java.io.IOException, InterruptedException;
    }

    /** Runs the work unless the same settings have led to a result before. */
    @SuppressWarnings("unchecked")
    public <T, E extends Exception> T once(Object settings, Class<T> type, Work<T, E> work)
            throws E, java.io.IOException, InterruptedException {
        Object known = context.get(settings);
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        T result = work.run();
        context.put(settings, result);
        return result;
    }

    /** Keeps a goal's result for later goals; of two executions, the last one's. */
    @SuppressWarnings("unchecked")
    public <T> void keep(Class<T> type, T result) {
        context.put(type, result);
    }

    /** What an earlier goal of this build has kept; nothing that an earlier build made. */
    public <T> Optional<T> kept(Class<T> type) {
        Object known = context.get(type);
        return type.isInstance(known) ? Optional.of(type.cast(known)) : Optional.empty();
    }
}
