package io.github.mlmaven.serving.inference;

import java.util.List;
import java.util.Optional;

/**
 * Tells each of several listeners.
 *
 * @param all in the order in which they hear
 */
public record ServingListeners(List<ServingListener> all) implements ServingListener {

    public ServingListeners {
        all = List.copyOf(all);
    }

    @Override
    public void ran(String model, String version, int requests, long rows, long nanos) {
        for (ServingListener listener : all) {
            listener.ran(model, version, requests, rows, nanos);
        }
    }

    @Override
    public void finished(
            String model,
            String version,
            String protocol,
            Optional<Failure.Kind> failure,
            long queueNanos,
            long inferenceNanos,
            long totalNanos) {
        for (ServingListener listener : all) {
            listener.finished(model, version, protocol, failure, queueNanos, inferenceNanos, totalNanos);
        }
    }

    @Override
    public void queued(String model, int change) {
        for (ServingListener listener : all) {
            listener.queued(model, change);
        }
    }

    @Override
    public void loaded(String model, String version, long nanos) {
        for (ServingListener listener : all) {
            listener.loaded(model, version, nanos);
        }
    }

    @Override
    public void refused(String protocol, int status) {
        for (ServingListener listener : all) {
            listener.refused(protocol, status);
        }
    }

    @Override
    public void ended(RequestEnd end) {
        for (ServingListener listener : all) {
            listener.ended(end);
        }
    }

    @Override
    public boolean hearsSuccesses() {
        for (ServingListener listener : all) {
            if (listener.hearsSuccesses()) {
                return true;
            }
        }
        return false;
    }
}
