package io.github.mlmaven.bench;

import java.io.IOException;

/** A peer that runs and has proven that it answers a case's request as it should. */
interface Contender extends AutoCloseable {

    /** One round. */
    Sample measure(int seconds) throws IOException, InterruptedException, BenchException;

    @Override
    void close();
}
