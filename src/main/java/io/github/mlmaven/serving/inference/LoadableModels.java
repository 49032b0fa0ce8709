package io.github.mlmaven.serving.inference;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Models that can be loaded and unloaded while the server runs; its methods may be called on event loops. */
public interface LoadableModels {

    /**
     * One model.
     *
     * @param name the model's name
     * @param version the model's version
     * @param state what the Open Inference Protocol's extension calls it, for example {@code READY}
     * @param reason why it is in that state; empty when there is nothing to say
     */
    record Entry(String name, String version, String state, String reason) {}

    /**
     * The models that there are.
     *
     * @param ready only those that can be asked
     */
    CompletionStage<List<Entry>> index(boolean ready);

    /**
     * Loads a version of a model in the place of the one that is served; it fails with a {@link RefusedException}, and
     * what was served is served still.
     *
     * @param version empty for the newest
     */
    CompletionStage<Entry> load(String model, String version);

    /** Takes a model away after its last request. */
    CompletionStage<Void> unload(String model);

    /** What they fail with. */
    final class RefusedException extends Exception {

        /** Whose fault it is. */
        public enum Kind {
            /** There is no such model. */
            UNKNOWN,
            /** The request is wrong, or what it names must not be served. */
            INVALID,
            /** Not now. */
            BUSY,
            /** A fault of the server's own. */
            INTERNAL
        }

        private final Kind kind;

        /**
         * @param kind whose fault it is
         * @param message for the client
         */
        public RefusedException(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        /** Whose fault it is. */
        public Kind kind() {
            return kind;
        }

        /** What a stage really failed with, whichever stage it went through. */
        public static Throwable cause(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            return cause == null ? failure : cause;
        }
    }
}
