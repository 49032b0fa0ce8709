package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.json.BinaryElements;
import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.ByteBuffer;

/** What follows a request's JSON: the binary inputs one after another, as views of the body. */
final class BinaryTail implements BinaryElements {

    private final ByteBuffer rest;

    /** @param rest what remains of it is the tail */
    BinaryTail(ByteBuffer rest) {
        this.rest = rest;
    }

    @Override
    public ByteBuffer take(String label, Datatype datatype, long[] shape, long size) throws TensorFormatException {
        if (size > rest.remaining()) {
            throw new TensorFormatException(label + ": binary_data_size is " + size + ", but only " + rest.remaining()
                    + " bytes of the body remain");
        }
        ByteBuffer part = rest.slice(rest.position(), (int) size);
        rest.position(rest.position() + (int) size);
        RawElements.check(label, datatype, shape, part);
        return part;
    }

    /** All tensors have been read. */
    void end() throws TensorFormatException {
        if (rest.hasRemaining()) {
            throw new TensorFormatException(rest.remaining() + " bytes of the body belong to no input: expected inputs"
                    + " whose binary_data_size covers them");
        }
    }
}
