package io.github.mlmaven.bench;

import java.nio.ByteBuffer;

/** One thread's turns with one request, again and again. */
interface Turns extends AutoCloseable {

    /** JSON to tensors, the engine, tensors to JSON. */
    ByteBuffer json() throws Exception;

    /** The engine alone. */
    void run() throws Exception;

    @Override
    void close();
}
