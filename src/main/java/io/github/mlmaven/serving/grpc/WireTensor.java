package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** An InferInputTensor, not yet checked. */
final class WireTensor {

    private final String name;
    private final String type;
    private final long[] shape;
    private final Optional<ByteString> contents;

    private WireTensor(String name, String type, long[] shape, Optional<ByteString> contents) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.contents = contents;
    }

    /** Empty when it has none. */
    String name() {
        return name;
    }

    /** Its dimensions, of any value; not to be changed. */
    long[] shape() {
        return shape;
    }

    /** An InferTensorContents. */
    Optional<ByteString> contents() {
        return contents;
    }

    /** @param index its place, for messages */
    static WireTensor read(CodedInputStream in, int index) throws IOException {
        String name = "";
        String type = "";
        long[] shape = new long[Shape.MAX_RANK];
        int rank = 0;
        Optional<ByteString> contents = Optional.empty();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == tag(InferInputTensor.NAME_FIELD_NUMBER)) {
                name = in.readStringRequireUtf8();
            } else if (tag == tag(InferInputTensor.DATATYPE_FIELD_NUMBER)) {
                type = in.readStringRequireUtf8();
            } else if (tag == tag(InferInputTensor.SHAPE_FIELD_NUMBER)) {
                int end = in.pushLimit(in.readRawVarint32());
                while (in.getBytesUntilLimit() > 0) {
                    dimension(in, shape, rank++, name, index);
                }
                in.popLimit(end);
            } else if (tag == ((InferInputTensor.SHAPE_FIELD_NUMBER << 3) | WireFormat.WIRETYPE_VARINT)) {
                dimension(in, shape, rank++, name, index);
            } else if (tag == tag(InferInputTensor.CONTENTS_FIELD_NUMBER)) {
                ByteString more = in.readBytes();
                // A message that comes in parts is the parts one after another.
                contents = Optional.of(contents.map(part -> part.concat(more)).orElse(more));
            } else {
                in.skipField(tag);
            }
        }
        return new WireTensor(name, type, Arrays.copyOf(shape, rank), contents);
    }

    private static void dimension(CodedInputStream in, long[] shape, int at, String name, int index)
            throws IOException {
        if (at == shape.length) {
            String label = name.isEmpty() ? "inputs[" + index + "]" : "input " + name;
            throw new TensorFormatException(label + ": shape: expected at most " + shape.length + " dimensions");
        }
        shape[at] = in.readInt64();
    }

    Datatype datatype(String label) throws TensorFormatException {
        if (type.isEmpty()) {
            throw new TensorFormatException(label + " has no datatype");
        }
        return Datatype.named(type)
                .orElseThrow(() -> new TensorFormatException(label + ": datatype: expected one of "
                        + Arrays.toString(Datatype.values()) + ", found \"" + type + '"'));
    }

    /** A message, or packed elements, within a message. */
    static CodedInputStream nested(ByteString bytes) {
        CodedInputStream in = bytes.newCodedInput();
        in.enableAliasing(true);
        return in;
    }

    /** The tag of a field that has a length. */
    static int tag(int field) {
        return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }
}
