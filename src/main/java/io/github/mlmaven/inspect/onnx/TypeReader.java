package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.corrupt;
import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.inspect.ValueType.OtherType;
import io.github.mlmaven.inspect.ValueType.TensorType;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code TypeProto}; the name of a type that is missing is {@code undefined}. */
final class TypeReader {

    static final ValueType UNDEFINED = new OtherType("undefined");

    private final ProtoInput in;
    private final Problems problems;

    TypeReader(ProtoInput in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    ValueType read() throws IOException, MalformedProtoException {
        ValueType type = UNDEFINED;
        in.enter();
        while (in.next()) {
            if (in.field() == 6) {
                continue; // denotation
            }
            if (type != UNDEFINED) {
                throw corrupt(in.offset(), "a second type for one value", "one type", "two");
            }
            type = switch (in.field()) {
                case 1 -> tensor();
                case 4 -> new OtherType("sequence(" + element() + ")");
                case 5 -> map();
                case 7 -> opaque();
                case 8 -> new OtherType("sparse_tensor(" + tensor() + ")");
                case 9 -> new OtherType("optional(" + element() + ")");
                default -> new OtherType("type " + in.field());
            };
        }
        return type;
    }

    /** {@code Tensor} and {@code SparseTensor}. */
    private ValueType tensor() throws IOException, MalformedProtoException {
        int elementType = 0;
        Optional<Shape> shape = Optional.empty();
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> elementType = in.int32();
                case 2 -> shape = Optional.of(shape());
                default -> {}
            }
        }
        if (elementType == 0) {
            return UNDEFINED;
        }
        return new TensorType(
                OnnxType.nameOf(elementType), OnnxType.of(elementType).flatMap(OnnxType::datatype), shape);
    }

    private Shape shape() throws IOException, MalformedProtoException {
        List<Dimension> dimensions = new ArrayList<>();
        in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                if (dimensions.size() == Shape.MAX_RANK) {
                    throw limit(
                            "a shape has too many dimensions at byte " + in.offset(),
                            "at most " + Shape.MAX_RANK,
                            "more than " + Shape.MAX_RANK);
                }
                dimensions.add(dimension());
            }
        }
        return new Shape(dimensions);
    }

    private Dimension dimension() throws IOException, MalformedProtoException {
        Dimension dimension = new Dimension.Symbolic("");
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> dimension = fixed(in.int64());
                case 2 -> dimension = new Dimension.Symbolic(in.text());
                default -> {}
            }
        }
        return dimension;
    }

    /** Some exporters write -1 where they mean any size, and ONNX Runtime reads it so. */
    private Dimension fixed(long value) {
        if (value < -1) {
            problems.structure(
                    "a shape has a negative dimension at byte " + in.offset(), "zero or more", Long.toString(value));
        }
        return value < 0 ? new Dimension.Symbolic("") : new Dimension.Fixed(value);
    }

    /** {@code Sequence} and {@code Optional}. */
    private ValueType element() throws IOException, MalformedProtoException {
        ValueType element = UNDEFINED;
        in.enter();
        while (in.next()) {
            if (in.field() == 1) {
                element = read();
            }
        }
        return element;
    }

    private ValueType map() throws IOException, MalformedProtoException {
        int key = 0;
        ValueType value = UNDEFINED;
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.int32();
                case 2 -> value = read();
                default -> {}
            }
        }
        return new OtherType("map(" + OnnxType.nameOf(key) + ", " + value + ")");
    }

    private ValueType opaque() throws IOException, MalformedProtoException {
        String domain = "";
        String name = "";
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> name = in.text();
                default -> {}
            }
        }
        return new OtherType("opaque(" + domain + ", " + name + ")");
    }
}
