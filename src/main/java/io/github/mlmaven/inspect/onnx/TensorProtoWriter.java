package io.github.mlmaven.inspect.onnx;

import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes one tensor as a {@code TensorProto} of onnx.proto, the form of golden data in the ONNX model zoo. */
public final class TensorProtoWriter {

    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int STRING_DATA = 6;
    private static final int NAME = 8;
    private static final int RAW_DATA = 9;
    private static final int DOC_STRING = 12;

    private TensorProtoWriter() {}

    /**
     * Writes a tensor.
     *
     * @param documentation its {@code doc_string}
     */
    public static void write(OutputStream stream, Tensor tensor, String documentation) throws IOException {
        CodedOutputStream out = CodedOutputStream.newInstance(stream);
        for (int i = 0; i < tensor.rank(); i++) {
            out.writeInt64(DIMS, tensor.dimension(i));
        }
        out.writeInt32(DATA_TYPE, OnnxType.of(tensor.datatype()).number());
        if (tensor.datatype() == Datatype.BYTES) {
            writeStrings(out, tensor.data());
        }
        out.writeString(NAME, tensor.name());
        if (tensor.datatype() != Datatype.BYTES) {
            out.writeByteBuffer(RAW_DATA, tensor.data().slice());
        }
        out.writeString(DOC_STRING, documentation);
        out.flush();
    }

    private static void writeStrings(CodedOutputStream out, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            byte[] element = new byte[data.getInt()];
            data.get(element);
            out.writeByteArray(STRING_DATA, element);
        }
    }
}
