package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A {@code TensorProto} with its elements, which may come before its datatype and dimensions. */
final class TensorContent {

    private static final int RAW_DATA = 9;
    private static final int INT32_DATA = 5;
    private static final int MAX_DOCUMENTATION = 1024;

    private final String place;
    private final Dims dims = new Dims();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream(1024);
    private byte[] raw = {};
    private String name = "";
    private String documentation = "";
    private int typeNumber;
    /** The field that the elements are in; 0 as long as there are none. */
    private int dataField;

    private int strings;
    private boolean external;

    TensorContent(String place) {
        this.place = place;
    }

    void read(ProtoInput in) throws IOException, MalformedProtoException, MalformedTensorException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> dims.read(in);
                case 2 -> typeNumber = in.int32();
                case 3 -> throw malformed("the tensor is a segment of a larger one", "a whole tensor", "a segment");
                case 8 -> name = in.text();
                case 12 -> documentation = text(in.head(MAX_DOCUMENTATION));
                case 13 -> external = true;
                case 14 -> external |= in.int32() != 0;
                case 4, 5, 6, 7, RAW_DATA, 10, 11 -> readData(in);
                default -> {}
            }
        }
    }

    private void readData(ProtoInput in) throws IOException, MalformedProtoException, MalformedTensorException {
        if (dataField != 0 && dataField != in.field()) {
            throw malformed("the elements are in two fields", fieldName(dataField), fieldName(in.field()));
        }
        dataField = in.field();
        switch (dataField) {
            case 4 -> append(in.fixed(4));
            case 10 -> append(in.fixed(8));
            case INT32_DATA -> in.varints(value -> append(value, 4));
            case 7, 11 -> in.varints(value -> append(value, 8));
            case 6 -> {
                byte[] string = in.bytes();
                append(string.length, 4);
                append(string);
                strings++;
            }
            default -> raw = in.bytes();
        }
        if (data.size() > TensorProtoReader.MAX_BYTES) {
            throw limit("the tensor is too large", "at most " + TensorProtoReader.MAX_BYTES + " bytes", "more");
        }
    }

    private void append(byte[] bytes) {
        data.write(bytes, 0, bytes.length);
    }

    private void append(long value, int width) {
        if (data.size() > TensorProtoReader.MAX_BYTES) {
            return;
        }
        for (int i = 0; i < width; i++) {
            data.write((int) (value >>> (8 * i)));
        }
    }

    /** Documentation is for people and keeps no tensor from being read, whatever bytes it has. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }

    String documentation() {
        return documentation;
    }

    /** The tensor, if its parts agree. */
    Tensor toTensor() throws MalformedTensorException {
        OnnxType type = OnnxType.of(typeNumber)
                .filter(t -> t.datatype().isPresent())
                .orElseThrow(() -> malformed(
                        "no protocol carries the tensor's datatype",
                        "a number, bool or string",
                        typeNumber == 0 ? "none" : OnnxType.nameOf(typeNumber)));
        if (external) {
            throw malformed("the elements are in another file", "elements in the file itself", "external data");
        }
        int expectedField = fieldOf(type);
        boolean inRaw = dataField == RAW_DATA && type != OnnxType.STRING;
        if (dataField != 0 && dataField != expectedField && !inRaw) {
            throw malformed(
                    "the elements are in the wrong field for " + type.onnxName(),
                    type == OnnxType.STRING ? "string_data" : fieldName(expectedField) + " or raw_data",
                    fieldName(dataField));
        }
        Datatype datatype = type.datatype().orElseThrow();
        byte[] bytes = dataField == RAW_DATA ? raw : data.toByteArray();
        if (dataField == INT32_DATA && type != OnnxType.INT32) {
            bytes = narrow(bytes, datatype);
        } else if (dataField == 11 && type == OnnxType.UINT32) {
            bytes = narrow(bytes, datatype);
        }
        checkLength(type, bytes.length);
        if (datatype == Datatype.BOOL) {
            for (byte b : bytes) {
                if (b != 0 && b != 1) {
                    throw malformed("a bool is neither true nor false", "0 or 1", "" + (b & 0xff));
                }
            }
        }
        return new Tensor(name, datatype, dims.toArray(), ByteBuffer.wrap(bytes));
    }

    private void checkLength(OnnxType type, int bytes) throws MalformedTensorException {
        String typeAndDims = type.onnxName() + dims;
        long elements;
        long expected;
        try {
            elements = dims.elements();
            expected = type.isFixedSize() ? type.bytes(elements) : elements;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw malformed("the dimensions are impossible", "dimensions of zero or more", typeAndDims);
        }
        if (!type.isFixedSize() && strings != elements) {
            throw malformed(
                    "the number of strings does not fit the dimensions",
                    elements + " for " + typeAndDims,
                    "" + strings);
        }
        if (type.isFixedSize() && bytes != expected) {
            int width = (int) type.bytes(1);
            throw malformed(
                    "the number of elements does not fit the dimensions",
                    elements + " for " + typeAndDims,
                    bytes % width == 0 ? "" + bytes / width : bytes + " bytes");
        }
    }

    /** Elements that protobuf keeps in wider numbers: to their own width, refusing what does not fit. */
    private byte[] narrow(byte[] wide, Datatype datatype) throws MalformedTensorException {
        ByteBuffer from = ByteBuffer.wrap(wide).order(ByteOrder.LITTLE_ENDIAN);
        int width = dataField == INT32_DATA ? 4 : 8;
        ByteBuffer to =
                ByteBuffer.allocate(wide.length / width * datatype.size()).order(ByteOrder.LITTLE_ENDIAN);
        int bits = 8 * datatype.size();
        boolean signed = datatype == Datatype.INT8 || datatype == Datatype.INT16;
        long min = signed ? -(1L << (bits - 1)) : 0;
        long max = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
        while (from.hasRemaining()) {
            long value = width == 4 ? from.getInt() : from.getLong();
            if (value < min || value > max) {
                throw malformed("an element does not fit " + datatype, min + " to " + max, Long.toString(value));
            }
            switch (datatype.size()) {
                case 1 -> to.put((byte) value);
                case 2 -> to.putShort((short) value);
                default -> to.putInt((int) value);
            }
        }
        return to.array();
    }

    /** The typed field of each datatype, as onnx.proto assigns them. */
    private static int fieldOf(OnnxType type) {
        return switch (type) {
            case FLOAT -> 4;
            case STRING -> 6;
            case INT64 -> 7;
            case DOUBLE -> 10;
            case UINT32, UINT64 -> 11;
            default -> INT32_DATA;
        };
    }

    private static String fieldName(int field) {
        return switch (field) {
            case 4 -> "float_data";
            case INT32_DATA -> "int32_data";
            case 6 -> "string_data";
            case 7 -> "int64_data";
            case 10 -> "double_data";
            case 11 -> "uint64_data";
            default -> "raw_data";
        };
    }

    private MalformedTensorException malformed(String problem, String expected, String found) {
        return new MalformedTensorException(place, problem, expected, found);
    }
}
