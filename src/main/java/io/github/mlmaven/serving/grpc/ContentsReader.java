package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.protocol.RawElements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Reads an InferTensorContents, whose one field is that of the datatype, into raw elements. */
final class ContentsReader {

    private final String label;
    private final Datatype datatype;
    private final long[] shape;
    private final ByteString contents;

    /** @param label the tensor, for messages */
    ContentsReader(String label, Datatype datatype, long[] shape, Optional<ByteString> contents) {
        this.label = label;
        this.datatype = datatype;
        this.shape = shape;
        this.contents = contents.orElse(ByteString.EMPTY);
    }

    ByteBuffer read(ElementMemory memory) throws TensorFormatException {
        ContentsField field = ContentsField.of(datatype)
                .orElseThrow(() -> new TensorFormatException(
                        label + ": contents has no field for " + datatype + ": expected raw_input_contents"));
        long expected = elements();
        try {
            Optional<ByteBuffer> packed = packed(field);
            if (packed.isPresent()) {
                RawElements.check(label, datatype, shape, packed.get());
                return packed.get();
            }
            // Counted first, so that only what is there is allocated.
            long found = count(field);
            if (found != expected) {
                throw new TensorFormatException(label + ": data holds " + found + " elements; expected " + expected
                        + " for shape " + Arrays.toString(shape).replace(" ", ""));
            }
            long bytes = datatype == Datatype.BYTES ? stringBytes(field) : found * datatype.size();
            if (bytes > Integer.MAX_VALUE - 8) {
                throw new TensorFormatException(label + ": " + bytes + " bytes are more than a tensor can hold");
            }
            ByteBuffer data = memory.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
            walk(field, new Elements() {
                private long index;

                @Override
                public void next(CodedInputStream in) throws IOException {
                    field.read(in, data, datatype, label, index++);
                }
            });
            return data.flip();
        } catch (TensorFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new TensorFormatException(label + ": contents: " + e.getMessage(), e);
        }
    }

    /** Packed floating-point numbers are raw elements already: a view of them, when they are all there is. */
    private Optional<ByteBuffer> packed(ContentsField field) throws IOException {
        if (datatype != Datatype.FP32 && datatype != Datatype.FP64) {
            return Optional.empty();
        }
        CodedInputStream in = WireTensor.nested(contents);
        if (in.readTag() != WireTensor.tag(field.number())) {
            return Optional.empty();
        }
        ByteBuffer elements = in.readBytes().asReadOnlyByteBuffer();
        return in.isAtEnd() && elements.remaining() % datatype.size() == 0 ? Optional.of(elements) : Optional.empty();
    }

    private long elements() throws TensorFormatException {
        for (long dimension : shape) {
            if (dimension < 0) {
                // In the words that raw elements are refused with.
                RawElements.check(label, Datatype.UINT8, shape, ByteBuffer.allocate(0));
            }
        }
        try {
            return Tensor.elements(shape);
        } catch (ArithmeticException e) {
            throw new TensorFormatException(
                    label + ": shape " + Arrays.toString(shape).replace(" ", "") + " has too many elements", e);
        }
    }

    private interface Elements {
        void next(CodedInputStream in) throws IOException;
    }

    private long count(ContentsField field) throws IOException {
        long[] count = new long[1];
        walk(field, in -> {
            field.skip(in);
            count[0]++;
        });
        return count[0];
    }

    private long stringBytes(ContentsField field) throws IOException {
        long[] bytes = new long[1];
        walk(field, in -> bytes[0] += Integer.BYTES + (long) in.readBytes().size());
        return bytes[0];
    }

    /** Goes through the elements, be they packed or not; any other field that holds something is refused. */
    private void walk(ContentsField field, Elements elements) throws IOException {
        CodedInputStream in = WireTensor.nested(contents);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (number == field.number() && tag == field.tag()) {
                elements.next(in);
            } else if (number == field.number() && tag == WireTensor.tag(number)) {
                int end = in.pushLimit(in.readRawVarint32());
                while (in.getBytesUntilLimit() > 0) {
                    elements.next(in);
                }
                in.popLimit(end);
            } else if (ContentsField.isKnown(number)) {
                throw new TensorFormatException(label + ": expected " + field.text() + " for " + datatype + ", found "
                        + ContentsField.text(number));
            } else {
                in.skipField(tag);
            }
        }
    }
}
