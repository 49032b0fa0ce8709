package io.github.mlmaven.serving.inference;

import java.util.Optional;

/** Hears of everything that happens to requests, on many threads at once; what it does adds to every request. */
public interface ServingListener {

    /** Hears nothing. */
    ServingListener NONE = new ServingListener() {};

    /**
     * The engine has run once.
     *
     * @param requests the requests that were merged, at least 1
     * @param rows the sum of their first dimensions; 1 for each that has none
     * @param nanos the time it took
     */
    default void ran(String model, String version, int requests, long rows, long nanos) {}

    /**
     * A call has been answered.
     *
     * @param failure empty for a result
     * @param queueNanos from the call to the start of the engine; to the end, when it never started
     * @param inferenceNanos in the engine, shared with what it was merged with; 0 when it never started
     * @param totalNanos from the request's first byte to its encoded reply
     */
    default void finished(
            String model,
            String version,
            String protocol,
            Optional<Failure.Kind> failure,
            long queueNanos,
            long inferenceNanos,
            long totalNanos) {}

    /** So many calls more, or less when negative, wait for the engine. */
    default void queued(String model, int change) {}

    /** A model has been loaded and warmed up. */
    default void loaded(String model, String version, long nanos) {}

    /**
     * Requests were refused before they became calls: headers, size, or a body that cannot be read.
     *
     * @param status HTTP's, or gRPC's where the protocol is gRPC
     */
    default void refused(String protocol, int status) {}

    /** A request of inference has its reply; of those that succeed only where {@link #hearsSuccesses()}. */
    default void ended(RequestEnd end) {}

    /** Whether {@link #ended} is to be called for requests that succeed too. */
    default boolean hearsSuccesses() {
        return false;
    }
}
