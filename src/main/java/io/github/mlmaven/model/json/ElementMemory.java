package io.github.mlmaven.model.json;

import java.nio.ByteBuffer;

/** Where a reader puts a tensor's elements; whoever gives it knows how long they live. */
public interface ElementMemory {

    /** The Java heap, freed with the last reference. */
    ElementMemory HEAP = ByteBuffer::allocate;

    /** So many bytes, from position 0 to the limit, with any content. */
    ByteBuffer allocate(int bytes);
}
