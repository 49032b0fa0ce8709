package io.github.mlmaven.serving;

import io.github.mlmaven.inspect.onnx.MalformedTensorException;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Golden files of the ONNX model zoo's convention, for tests that ask a server. */
public final class GoldenFiles {

    private GoldenFiles() {}

    /** {@code input_0.pb}, {@code input_1.pb}, … or the outputs; at least one. */
    public static List<Tensor> read(Path folder, String kind) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        try {
            for (int i = 0; Files.exists(folder.resolve(kind + "_" + i + ".pb")); i++) {
                tensors.add(new TensorProtoReader().read(folder.resolve(kind + "_" + i + ".pb")));
            }
        } catch (MalformedTensorException e) {
            throw new IOException(e);
        }
        if (tensors.isEmpty()) {
            throw new IOException("no golden files " + kind + " in " + folder);
        }
        return tensors;
    }
}
