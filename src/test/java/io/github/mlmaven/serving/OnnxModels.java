package io.github.mlmaven.serving;

import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.Datatype;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small ONNX models, field by field of {@code onnx.proto3}. */
public final class OnnxModels {

    private static final int OPSET = 19;
    private static final int IR_VERSION = 9;

    private OnnxModels() {}

    /** {@code y = Identity(x)} with shape {@code [N]}. */
    public static Path identity(Path file, Datatype datatype) {
        return unary(file, "Identity", elementType(datatype), elementType(datatype), "N");
    }

    /** {@code y = OPERATOR(x)}; each dimension is a number or a name. */
    public static Path unary(Path file, String operator, int input, int output, String... dimensions) {
        byte[] node = message(out -> {
            out.writeString(1, "x");
            out.writeString(2, "y");
            out.writeString(4, operator);
        });
        return write(
                file, List.of(node), List.of(value("x", input, dimensions)), List.of(value("y", output, dimensions)));
    }

    /** {@code y = Add(a, b)} of FP32 with shape {@code [?]}, {@code [?]}. */
    public static Path add(Path file) {
        byte[] node = message(out -> {
            out.writeString(1, "a");
            out.writeString(1, "b");
            out.writeString(2, "y");
            out.writeString(4, "Add");
        });
        return write(file, List.of(node), List.of(value("a", 1, "A"), value("b", 1, "B")), List.of(value("y", 1, "C")));
    }

    /** {@code y = Reshape(x, [2])}: only inputs of two elements can be computed. */
    public static Path needsSizeTwo(Path file) {
        byte[] reshape = message(out -> {
            out.writeString(1, "x");
            out.writeString(1, "two");
            out.writeString(2, "y");
            out.writeString(4, "Reshape");
        });
        byte[] two = message(out -> {
            out.writeInt64(1, 1);
            out.writeInt32(2, 7);
            out.writeInt64(7, 2);
            out.writeString(8, "two");
        });
        return write(file, List.of(reshape), List.of(two), List.of(value("x", 1, "N")), List.of(value("y", 1, "2")));
    }

    /** {@code y = Gather([7], x)}: 0 is the only index there is. */
    public static Path gather(Path file) {
        byte[] gather = message(out -> {
            out.writeString(1, "data");
            out.writeString(1, "x");
            out.writeString(2, "y");
            out.writeString(4, "Gather");
        });
        byte[] data = message(out -> {
            out.writeInt64(1, 1);
            out.writeInt32(2, 7);
            out.writeInt64(7, 7);
            out.writeString(8, "data");
        });
        return write(file, List.of(gather), List.of(data), List.of(value("x", 7, "N")), List.of(value("y", 7, "N")));
    }

    /** {@code same = Equal(x, text)} and {@code constant = Identity(text)}. */
    public static Path equalTo(Path file, String text) {
        byte[] equal = message(out -> {
            out.writeString(1, "x");
            out.writeString(1, "text");
            out.writeString(2, "same");
            out.writeString(4, "Equal");
        });
        byte[] identity = message(out -> {
            out.writeString(1, "text");
            out.writeString(2, "constant");
            out.writeString(4, "Identity");
        });
        byte[] initializer = message(out -> {
            out.writeInt64(1, 1);
            out.writeInt32(2, 8);
            out.writeString(6, text);
            out.writeString(8, "text");
        });
        return write(
                file,
                List.of(equal, identity),
                List.of(initializer),
                List.of(value("x", 8, "N")),
                List.of(value("same", 9, "N"), value("constant", 8, "1")));
    }

    /** {@code y = DequantizeLinear(DynamicQuantizeLinear(x))} of shape {@code [N,2]}: the largest row decides on all. */
    public static Path dynamicQuantization(Path file) {
        byte[] quantize = message(out -> {
            out.writeString(1, "x");
            out.writeString(2, "q");
            out.writeString(2, "scale");
            out.writeString(2, "zero");
            out.writeString(4, "DynamicQuantizeLinear");
        });
        byte[] dequantize = message(out -> {
            out.writeString(1, "q");
            out.writeString(1, "scale");
            out.writeString(1, "zero");
            out.writeString(2, "y");
            out.writeString(4, "DequantizeLinear");
        });
        return write(
                file,
                List.of(quantize, dequantize),
                List.of(value("x", 1, "N", "2")),
                List.of(value("y", 1, "N", "2")));
    }

    /** {@code y = SequenceConstruct(x)}: an output that is no tensor. */
    public static Path sequence(Path file) {
        byte[] node = message(out -> {
            out.writeString(1, "x");
            out.writeString(2, "y");
            out.writeString(4, "SequenceConstruct");
        });
        byte[] tensor = tensorType(1, "N");
        byte[] sequence = message(out -> out.writeByteArray(4, message(s -> s.writeByteArray(1, tensor))));
        byte[] y = message(out -> {
            out.writeString(1, "y");
            out.writeByteArray(2, sequence);
        });
        return write(file, List.of(node), List.of(value("x", 1, "N")), List.of(y));
    }

    /** TensorProto.DataType. */
    public static int elementType(Datatype datatype) {
        return switch (datatype) {
            case FP32 -> 1;
            case UINT8 -> 2;
            case INT8 -> 3;
            case UINT16 -> 4;
            case INT16 -> 5;
            case INT32 -> 6;
            case INT64 -> 7;
            case BYTES -> 8;
            case BOOL -> 9;
            case FP16 -> 10;
            case FP64 -> 11;
            case UINT32 -> 12;
            case UINT64 -> 13;
            case BF16 -> 16;
        };
    }

    private static byte[] value(String name, int elementType, String... dimensions) {
        return message(out -> {
            out.writeString(1, name);
            out.writeByteArray(2, tensorType(elementType, dimensions));
        });
    }

    private static byte[] tensorType(int elementType, String... dimensions) {
        byte[] shape = message(out -> {
            for (String dimension : dimensions) {
                out.writeByteArray(1, message(d -> {
                    if (dimension.chars().allMatch(Character::isDigit) && !dimension.isEmpty()) {
                        d.writeInt64(1, Long.parseLong(dimension));
                    } else {
                        d.writeString(2, dimension);
                    }
                }));
            }
        });
        byte[] tensor = message(out -> {
            out.writeInt32(1, elementType);
            out.writeByteArray(2, shape);
        });
        return message(out -> out.writeByteArray(1, tensor));
    }

    private static Path write(Path file, List<byte[]> nodes, List<byte[]> inputs, List<byte[]> outputs) {
        return write(file, nodes, List.of(), inputs, outputs);
    }

    private static Path write(
            Path file, List<byte[]> nodes, List<byte[]> initializers, List<byte[]> inputs, List<byte[]> outputs) {
        byte[] graph = message(out -> {
            for (byte[] node : nodes) {
                out.writeByteArray(1, node);
            }
            out.writeString(2, "graph");
            for (byte[] initializer : initializers) {
                out.writeByteArray(5, initializer);
            }
            for (byte[] input : inputs) {
                out.writeByteArray(11, input);
            }
            for (byte[] output : outputs) {
                out.writeByteArray(12, output);
            }
        });
        byte[] model = message(out -> {
            out.writeInt64(1, IR_VERSION);
            out.writeByteArray(7, graph);
            out.writeByteArray(8, message(o -> o.writeInt64(2, OPSET)));
        });
        try {
            return Files.write(file, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
