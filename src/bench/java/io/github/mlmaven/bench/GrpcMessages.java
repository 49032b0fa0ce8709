package io.github.mlmaven.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ModelInferRequest} and {@code ModelInferResponse} of the Open Inference Protocol's gRPC, by field number. */
final class GrpcMessages {

    private static final String PATH = "/inference.GRPCInferenceService/ModelInfer";

    /** One byte, whether it is compressed, and four of length, before each message. */
    private static final int PREFIX = 5;

    private GrpcMessages() {}

    static Message request(String model, List<Tensor> inputs) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeString(1, model);
            for (Tensor input : inputs) {
                out.writeByteArray(5, description(input));
            }
            for (Tensor input : inputs) {
                out.writeBytes(7, ByteString.copyFrom(input.data()));
            }
            out.flush();
            byte[] message = bytes.toByteArray();
            byte[] framed = ByteBuffer.allocate(PREFIX + message.length)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array();
            return new Message(PATH, Map.of("content-type", "application/grpc", "te", "trailers"), framed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code InferInputTensor}: name = 1, datatype = 2, shape = 3. */
    private static byte[] description(Tensor tensor) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        CodedOutputStream shape = CodedOutputStream.newInstance(packed);
        for (long dimension : tensor.shape()) {
            shape.writeInt64NoTag(dimension);
        }
        shape.flush();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, tensor.name());
        out.writeString(2, tensor.datatype().name());
        out.writeByteArray(3, packed.toByteArray());
        out.flush();
        return bytes.toByteArray();
    }

    static List<Tensor> outputs(byte[] framed) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(framed, PREFIX, framed.length - PREFIX);
        List<byte[]> descriptions = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 5 -> descriptions.add(in.readByteArray());
                case 6 -> contents.add(in.readByteArray());
                default -> in.skipField(tag);
            }
        }
        if (descriptions.size() != contents.size()) {
            throw new IOException(descriptions.size() + " outputs with " + contents.size() + " raw_output_contents");
        }
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < descriptions.size(); i++) {
            outputs.add(tensor(descriptions.get(i), contents.get(i)));
        }
        return outputs;
    }

    private static Tensor tensor(byte[] description, byte[] content) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(description);
        String name = "";
        String datatype = "";
        List<Long> shape = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 2 -> datatype = in.readString();
                case 3 -> {
                    int end = in.pushLimit(in.readRawVarint32());
                    while (!in.isAtEnd()) {
                        shape.add(in.readInt64());
                    }
                    in.popLimit(end);
                }
                default -> in.skipField(tag);
            }
        }
        return new Tensor(
                name,
                Datatype.valueOf(datatype),
                shape.stream().mapToLong(Long::longValue).toArray(),
                ByteBuffer.wrap(content));
    }
}
