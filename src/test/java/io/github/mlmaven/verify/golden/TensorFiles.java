package io.github.mlmaven.verify.golden;

import com.google.protobuf.CodedOutputStream;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tensors as the ONNX model zoo keeps golden data: one {@code TensorProto} in a file. */
public final class TensorFiles {

    private TensorFiles() {}

    public static void write(Path file, Tensor tensor) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream stream = Files.newOutputStream(file)) {
            CodedOutputStream out = CodedOutputStream.newInstance(stream);
            for (long dimension : tensor.shape()) {
                out.writeInt64(1, dimension);
            }
            out.writeInt32(2, OnnxModels.elementType(tensor.datatype()));
            if (!tensor.name().isEmpty()) {
                out.writeString(8, tensor.name());
            }
            out.writeByteArray(9, Tensors.bytes(tensor));
            out.flush();
        }
    }
}
