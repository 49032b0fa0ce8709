package io.github.mlmaven.serving.grpc;

import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.nio.ByteBuffer;

/** How long the message of a reply will be. Protobuf counts in an int, which becomes negative past 2 GiB. */
final class ReplySize {

    /** What fits a buffer with the prefix before it; a little less than protobuf's own limit. */
    static final long MAX = Integer.MAX_VALUE - 8 - MessageReader.PREFIX;

    /** A negative number, be it of 8 bits, has ten bytes as a varint. */
    private static final int MAX_VARINT = 10;

    /** Tags, lengths and the datatype's name. */
    private static final int FIELDS = 64;

    private ReplySize() {}

    /** Refuses a reply that is too long. */
    static void check(InferenceReply reply, boolean raw) throws GrpcException {
        long heads = 0;
        long most = 0;
        for (Tensor output : reply.outputs()) {
            heads += FIELDS + 3L * output.name().length() + (long) MAX_VARINT * output.rank();
            most += raw ? output.bytes() : output.bytes() + MAX_VARINT * output.elements();
        }
        if (heads + most <= MAX) {
            return;
        }
        long size = heads;
        for (Tensor output : reply.outputs()) {
            size += raw ? output.bytes() : contents(output.datatype(), output.data());
        }
        if (size > MAX) {
            throw new GrpcException(
                    GrpcStatus.RESOURCE_EXHAUSTED,
                    "the reply is too large: expected at most " + MAX + " bytes, found about " + size
                            + "; ask for fewer rows or outputs");
        }
    }

    /** The bytes of the elements as the field of their datatype has them. */
    static long contents(Datatype datatype, ByteBuffer data) {
        return switch (datatype) {
            case BOOL, FP32, FP64 -> data.remaining();
            case BYTES -> strings(data);
            case FP16, BF16 -> throw new IllegalStateException("no field for " + datatype);
            default -> {
                long size = 0;
                while (data.hasRemaining()) {
                    size += varint(datatype, data);
                }
                yield size;
            }
        };
    }

    private static int varint(Datatype datatype, ByteBuffer data) {
        return switch (datatype) {
            case INT8 -> CodedOutputStream.computeInt32SizeNoTag(data.get());
            case INT16 -> CodedOutputStream.computeInt32SizeNoTag(data.getShort());
            case INT32 -> CodedOutputStream.computeInt32SizeNoTag(data.getInt());
            case UINT8 -> CodedOutputStream.computeUInt32SizeNoTag(Byte.toUnsignedInt(data.get()));
            case UINT16 -> CodedOutputStream.computeUInt32SizeNoTag(Short.toUnsignedInt(data.getShort()));
            case UINT32 -> CodedOutputStream.computeUInt32SizeNoTag(data.getInt());
            default -> CodedOutputStream.computeUInt64SizeNoTag(data.getLong());
        };
    }

    private static long strings(ByteBuffer data) {
        long size = 0;
        while (data.hasRemaining()) {
            int length = data.getInt();
            size += 1 + CodedOutputStream.computeUInt32SizeNoTag(length) + (long) length;
            data.position(data.position() + length);
        }
        return size;
    }
}
