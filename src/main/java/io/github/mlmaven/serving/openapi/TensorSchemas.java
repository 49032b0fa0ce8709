package io.github.mlmaven.serving.openapi;

import static io.github.mlmaven.serving.openapi.JsonTree.object;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.TensorSpec;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tensors as JSON schemas: what the server reads and writes, not more. */
final class TensorSchemas {

    /** The largest finite values. */
    private static final double MAX_FP16 = 65504;

    private static final double MAX_BF16 = 0x1.FEp127;

    private TensorSchemas() {}

    /** A tensor of this name, datatype and shape. */
    static Map<String, Object> tensor(TensorSpec spec) {
        return object(
                "type",
                "object",
                "title",
                spec.toString(),
                "required",
                List.of("name", "shape", "datatype", "data"),
                "properties",
                object(
                        "name",
                        object("const", spec.name()),
                        "shape",
                        shape(spec),
                        "datatype",
                        object("const", spec.datatype().name()),
                        "parameters",
                        object("type", "object"),
                        "data",
                        data(spec.datatype())));
    }

    /** One of several tensors; each names itself. */
    static Map<String, Object> tensors(List<TensorSpec> specs, int atLeast) {
        Map<String, Object> tensors =
                object("type", "array", "minItems", Math.min(atLeast, specs.size()), "maxItems", specs.size());
        if (specs.size() == 1) {
            tensors.put("items", tensor(specs.get(0)));
        } else if (!specs.isEmpty()) {
            tensors.put(
                    "items",
                    object("oneOf", specs.stream().map(TensorSchemas::tensor).toList()));
        }
        return tensors;
    }

    private static Map<String, Object> shape(TensorSpec spec) {
        int rank = spec.shape().rank();
        Map<String, Object> shape = object("type", "array", "minItems", rank, "maxItems", rank);
        if (rank > 0) {
            List<Object> dimensions = new ArrayList<>();
            for (Dimension dimension : spec.shape().dimensions()) {
                dimensions.add(
                        dimension instanceof Dimension.Fixed fixed
                                ? object("const", fixed.size())
                                : object("type", "integer", "minimum", 0, "title", dimension.toString()));
            }
            shape.put("prefixItems", dimensions);
        }
        return shape;
    }

    /** The component that {@link #data} and {@link #value} point to. */
    static String component(Datatype datatype) {
        return datatype.name() + "-data";
    }

    /** Elements, flat or nested. */
    static Map<String, Object> data(Datatype datatype) {
        return object("$ref", "#/components/schemas/" + component(datatype));
    }

    /** One element, or arrays of them. */
    static Map<String, Object> value(Datatype datatype) {
        return object("anyOf", List.of(element(datatype), data(datatype)));
    }

    /** An array of elements or of such arrays. */
    static Map<String, Object> dataComponent(Datatype datatype) {
        return object(
                "type",
                "array",
                "description",
                "Elements of " + datatype + ", row-major, flat or nested.",
                "items",
                value(datatype));
    }

    private static Map<String, Object> element(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> object("type", "boolean");
            case INT8 -> integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT16 -> integer(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT32 -> integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT8 -> integer(0, 0xFF);
            case UINT16 -> integer(0, 0xFFFF);
            case UINT32 -> integer(0, 0xFFFF_FFFFL);
            case UINT64 -> object("type", "integer", "minimum", 0, "maximum", new BigInteger("18446744073709551615"));
            case FP16 -> number(MAX_FP16);
            case BF16 -> number(MAX_BF16);
            case FP32 -> number(Float.MAX_VALUE);
            case FP64 -> number(Double.MAX_VALUE);
            case BYTES -> object("type", "string");
        };
    }

    private static Map<String, Object> integer(long min, long max) {
        return object("type", "integer", "minimum", min, "maximum", max);
    }

    private static Map<String, Object> number(double max) {
        return object(
                "anyOf",
                List.of(
                        object("type", "number", "minimum", -max, "maximum", max),
                        object("enum", List.of("NaN", "Infinity", "-Infinity"))));
    }
}
