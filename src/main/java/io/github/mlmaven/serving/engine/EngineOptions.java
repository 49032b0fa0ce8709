package io.github.mlmaven.serving.engine;

/**
 * How an engine shall run a model.
 *
 * @param intraOpThreads threads that share one operator, at least 1
 * @param interOpThreads threads that run independent operators, at least 1
 */
public record EngineOptions(int intraOpThreads, int interOpThreads) {

    /** One thread for each request: a server's parallelism comes from its requests. */
    public static final EngineOptions DEFAULT = new EngineOptions(1, 1);

    public EngineOptions {
        if (intraOpThreads < 1 || interOpThreads < 1) {
            throw new IllegalArgumentException("an engine needs a thread: " + intraOpThreads + ", " + interOpThreads);
        }
    }
}
