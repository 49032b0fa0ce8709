package io.github.mlmaven.serving.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;

/** A message to be sent. */
interface OutMessage {

    /** Its exact length. */
    int size();

    void write(CodedOutputStream out) throws IOException;

    /** One that protobuf has built. */
    static OutMessage of(MessageLite message) {
        return new OutMessage() {
            @Override
            public int size() {
                return message.getSerializedSize();
            }

            @Override
            public void write(CodedOutputStream out) throws IOException {
                message.writeTo(out);
            }
        };
    }
}
