package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.http.ContentCoding;
import io.github.mlmaven.serving.http.HeldBodies;

/**
 * A message as it came; its bytes are valid until the release.
 *
 * @param compressed whether it is gzip
 * @param body its bytes, to be released by whoever has the message
 */
record Message(boolean compressed, HeldBodies.Body body) {

    /** Decompresses the body where it is compressed, as far as there is room; on any thread. */
    void decompress(long max) throws GrpcException {
        if (!compressed) {
            return;
        }
        try {
            switch (body.decode(ContentCoding.GZIP, max)) {
                case WHOLE -> {}
                case TOO_LARGE -> throw MessageReader.tooLarge(max, "more");
                case NO_ROOM -> throw MessageReader.noRoom();
            }
        } catch (TensorFormatException e) {
            throw new GrpcException(
                    GrpcStatus.INVALID_ARGUMENT, "the message cannot be decompressed: " + e.getMessage(), e);
        }
    }

    /** Views of the message's bytes, without a copy. */
    CodedInputStream input() {
        ByteString bytes = UnsafeByteOperations.unsafeWrap(body.bytes());
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        return input;
    }

    /** Parses a small one, and releases it. */
    <T extends MessageLite> T parse(Parser<T> parser) throws GrpcException {
        try {
            decompress(GrpcMethod.SMALL);
            return parser.parseFrom(CodedInputStream.newInstance(body.bytes()));
        } catch (InvalidProtocolBufferException e) {
            throw new GrpcException(
                    GrpcStatus.INVALID_ARGUMENT, "the message is not what the method takes: " + e.getMessage(), e);
        } finally {
            release();
        }
    }

    void release() {
        body.release();
    }
}
