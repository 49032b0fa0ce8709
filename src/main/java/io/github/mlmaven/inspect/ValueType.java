package io.github.mlmaven.inspect;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import java.util.Optional;

/** The type of a model's input or output, servable or not; {@code toString} is the form in messages. */
public sealed interface ValueType {

    /**
     * A dense tensor.
     *
     * @param elementType the format's own name of the element type, for example {@code float}
     * @param datatype the datatype on the wire, empty where no protocol has one (complex, 4-bit, 8-bit floats)
     * @param shape its shape; empty when the model does not even give the rank
     */
    record TensorType(String elementType, Optional<Datatype> datatype, Optional<Shape> shape) implements ValueType {
        @Override
        public String toString() {
            return datatype.map(Datatype::name).orElse(elementType)
                    + shape.map(Shape::toString).orElse("[?]");
        }
    }

    /**
     * Anything else that the format can express: sequence, map, optional, sparse tensor, opaque.
     *
     * @param description for example {@code sequence(map(int64, float[]))}
     */
    record OtherType(String description) implements ValueType {
        @Override
        public String toString() {
            return description;
        }
    }
}
