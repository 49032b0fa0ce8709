package io.github.mlmaven.serving.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse;
import io.github.mlmaven.serving.grpc.wire.ModelInferResponse.InferOutputTensor;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A reply as a ModelInferResponse, written from its tensors' memory without the message's own lists between. */
final class ModelInferReply implements OutMessage {

    /** An output's head, and how long what is in it will be. */
    private record Head(Tensor tensor, int shapeSize, long contentsSize, boolean raw) {

        /** The packed elements with tag and length, or, of BYTES, each with its own. */
        int contentsMessageSize() {
            int field = Math.toIntExact(contentsSize);
            return isPacked() ? 1 + CodedOutputStream.computeUInt32SizeNoTag(field) + field : field;
        }

        boolean isPacked() {
            return tensor.datatype() != Datatype.BYTES;
        }

        boolean hasElements() {
            return contentsSize > 0;
        }

        int size() {
            int size = CodedOutputStream.computeStringSize(InferOutputTensor.NAME_FIELD_NUMBER, tensor.name())
                    + CodedOutputStream.computeStringSize(
                            InferOutputTensor.DATATYPE_FIELD_NUMBER,
                            tensor.datatype().name());
            if (shapeSize > 0) {
                size += 1 + CodedOutputStream.computeUInt32SizeNoTag(shapeSize) + shapeSize;
            }
            if (!raw) {
                int contents = hasElements() ? contentsMessageSize() : 0;
                size += 1 + CodedOutputStream.computeUInt32SizeNoTag(contents) + contents;
            }
            return size;
        }
    }

    private final InferenceReply reply;
    private final List<Head> heads = new ArrayList<>();
    private final boolean raw;
    private final int size;

    /**
     * Finds out how long it will be.
     *
     * @param reply its tensors are read when the message is written
     * @param raw whether the request was; when one output has no other form, all are raw
     * @throws GrpcException when it would be larger than a message can be
     */
    ModelInferReply(InferenceReply reply, boolean raw) throws GrpcException {
        this.reply = reply;
        this.raw = raw
                || reply.outputs().stream()
                        .anyMatch(output -> ContentsField.of(output.datatype()).isEmpty());
        ReplySize.check(reply, this.raw);
        int sum = text(ModelInferResponse.MODEL_NAME_FIELD_NUMBER, reply.model())
                + text(ModelInferResponse.MODEL_VERSION_FIELD_NUMBER, reply.version())
                + text(ModelInferResponse.ID_FIELD_NUMBER, reply.id().orElse(""));
        for (Tensor output : reply.outputs()) {
            Head head = head(output);
            heads.add(head);
            int length = head.size();
            sum += 1 + CodedOutputStream.computeUInt32SizeNoTag(length) + length;
            if (this.raw) {
                sum += 1 + CodedOutputStream.computeUInt32SizeNoTag(output.bytes()) + output.bytes();
            }
        }
        this.size = sum;
    }

    private Head head(Tensor output) {
        int shape = 0;
        for (int i = 0; i < output.rank(); i++) {
            shape += CodedOutputStream.computeInt64SizeNoTag(output.dimension(i));
        }
        return new Head(output, shape, raw ? 0 : ReplySize.contents(output.datatype(), output.data()), raw);
    }

    /** What is empty is left out, as proto3 does. */
    private static int text(int field, String text) {
        return text.isEmpty() ? 0 : CodedOutputStream.computeStringSize(field, text);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void write(CodedOutputStream out) throws IOException {
        write(out, ModelInferResponse.MODEL_NAME_FIELD_NUMBER, reply.model());
        write(out, ModelInferResponse.MODEL_VERSION_FIELD_NUMBER, reply.version());
        write(out, ModelInferResponse.ID_FIELD_NUMBER, reply.id().orElse(""));
        for (Head head : heads) {
            out.writeTag(ModelInferResponse.OUTPUTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(head.size());
            write(out, head);
        }
        if (raw) {
            for (Head head : heads) {
                ByteBuffer data = head.tensor().data();
                out.writeTag(ModelInferResponse.RAW_OUTPUT_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(data.remaining());
                out.writeRawBytes(data);
            }
        }
    }

    private static void write(CodedOutputStream out, int field, String text) throws IOException {
        if (!text.isEmpty()) {
            out.writeString(field, text);
        }
    }

    private static void write(CodedOutputStream out, Head head) throws IOException {
        Tensor tensor = head.tensor();
        out.writeString(InferOutputTensor.NAME_FIELD_NUMBER, tensor.name());
        out.writeString(
                InferOutputTensor.DATATYPE_FIELD_NUMBER, tensor.datatype().name());
        if (head.shapeSize() > 0) {
            out.writeTag(InferOutputTensor.SHAPE_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(head.shapeSize());
            for (int i = 0; i < tensor.rank(); i++) {
                out.writeInt64NoTag(tensor.dimension(i));
            }
        }
        if (!head.raw()) {
            out.writeTag(InferOutputTensor.CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(head.hasElements() ? head.contentsMessageSize() : 0);
            contents(out, head);
        }
    }

    private static void contents(CodedOutputStream out, Head head) throws IOException {
        if (!head.hasElements()) {
            return;
        }
        Datatype datatype = head.tensor().datatype();
        ContentsField field = ContentsField.of(datatype).orElseThrow();
        if (head.isPacked()) {
            out.writeTag(field.number(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(Math.toIntExact(head.contentsSize()));
        }
        ByteBuffer data = head.tensor().data();
        switch (datatype) {
            // Their raw form is protobuf's.
            case BOOL, FP32, FP64 -> out.writeRawBytes(data);
            case BYTES -> strings(out, field, data);
            default -> {
                while (data.hasRemaining()) {
                    varint(out, datatype, data);
                }
            }
        }
    }

    private static void strings(CodedOutputStream out, ContentsField field, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            int length = data.getInt();
            out.writeTag(field.number(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
            out.writeRawBytes(data.slice(data.position(), length));
            data.position(data.position() + length);
        }
    }

    private static void varint(CodedOutputStream out, Datatype datatype, ByteBuffer data) throws IOException {
        switch (datatype) {
            case INT8 -> out.writeInt32NoTag(data.get());
            case INT16 -> out.writeInt32NoTag(data.getShort());
            case INT32 -> out.writeInt32NoTag(data.getInt());
            case UINT8 -> out.writeUInt32NoTag(Byte.toUnsignedInt(data.get()));
            case UINT16 -> out.writeUInt32NoTag(Short.toUnsignedInt(data.getShort()));
            case UINT32 -> out.writeUInt32NoTag(data.getInt());
            case INT64, UINT64 -> out.writeUInt64NoTag(data.getLong());
            default -> throw new IllegalStateException("no varint: " + datatype);
        }
    }
}
