package io.github.mlmaven.model;

/**
 * One input or output of a contract.
 *
 * @param name the tensor's name in the model
 * @param datatype the datatype of its elements
 * @param shape its shape, with symbolic dimensions where a request chooses the size
 */
public record TensorSpec(String name, Datatype datatype, Shape shape) {

    /** The form in messages: {@code features FP32[N,28]}. */
    @Override
    public String toString() {
        return name + " " + datatype + shape;
    }
}
