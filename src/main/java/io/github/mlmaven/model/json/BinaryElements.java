package io.github.mlmaven.model.json;

import io.github.mlmaven.model.Datatype;
import java.nio.ByteBuffer;

/**
 * The elements of tensors that have the parameter {@code binary_data_size} instead of data ("Binary Tensor Data
 * Extension"): they follow the JSON document, in the order of the tensors.
 */
public interface BinaryElements {

    /** Nothing follows. */
    BinaryElements NONE = (label, datatype, shape, size) -> {
        throw new TensorFormatException(label + ": binary_data_size: no binary data follows this document");
    };

    /**
     * The next tensor's elements, in the form of {@link io.github.mlmaven.model.Tensor}.
     *
     * @param label the tensor, for messages
     * @param size the bytes that it says it has, 0 or more
     * @throws TensorFormatException when there are fewer bytes, or other elements than datatype and shape ask for
     */
    ByteBuffer take(String label, Datatype datatype, long[] shape, long size) throws TensorFormatException;
}
