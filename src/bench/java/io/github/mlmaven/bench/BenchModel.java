package io.github.mlmaven.bench;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that is measured.
 *
 * @param name the name in cases and on the wire
 * @param onnx its file
 * @param small the rows of a small request
 * @param large the rows of a large one
 */
record BenchModel(String name, Path onnx, int small, int large) {

    private static final Path MODELS = Path.of("src/test/models").toAbsolutePath();

    /** Tokens in each row of a request to the embedder: a sentence or two. */
    private static final int TOKENS = 32;

    static List<BenchModel> all(BenchOptions options) {
        return List.of(
                new BenchModel("breast-cancer", MODELS.resolve("breast-cancer-lgbm/model.onnx"), 1, 64),
                new BenchModel("digits-cnn", MODELS.resolve("digits-cnn/model.onnx"), 1, 64),
                new BenchModel("minilm", options.folder().resolve("minilm/all-minilm-l6-v2.onnx"), 1, 8));
    }

    /** A request of so many rows and the reply that it must get. */
    Golden golden(int rows) throws IOException, BenchException {
        if (!Files.exists(onnx)) {
            throw new BenchException(onnx + " is missing: run mvn verify -Dbench once");
        }
        Path golden = onnx.resolveSibling("test_data_set_2");
        if (!Files.exists(golden)) {
            List<Tensor> inputs = sentences(rows);
            return new Golden(inputs, PlainModel.once(onnx, inputs));
        }
        return new Golden(
                first(rows, GoldenFiles.read(golden, "input")), first(rows, GoldenFiles.read(golden, "output")));
    }

    private static List<Tensor> first(int rows, List<Tensor> tensors) {
        List<Tensor> first = new ArrayList<>();
        for (Tensor tensor : tensors) {
            long[] shape = tensor.shape();
            int bytes = (int) (tensor.data().remaining() / shape[0] * rows);
            shape[0] = rows;
            first.add(new Tensor(
                    tensor.name(), tensor.datatype(), shape, tensor.data().limit(bytes)));
        }
        return first;
    }

    /** Arbitrary words between the tokenizer's marks for begin and end. */
    private static List<Tensor> sentences(int rows) {
        return List.of(
                tokens(
                        "input_ids",
                        rows,
                        (row, i) -> i == 0 ? 101 : i == TOKENS - 1 ? 102 : 2000 + 37L * row + 101L * i),
                tokens("attention_mask", rows, (row, i) -> 1),
                tokens("token_type_ids", rows, (row, i) -> 0));
    }

    private interface Token {
        long at(int row, int position);
    }

    private static Tensor tokens(String name, int rows, Token token) {
        ByteBuffer data = ByteBuffer.allocate(rows * TOKENS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < TOKENS; i++) {
                data.putLong(token.at(row, i));
            }
        }
        return new Tensor(name, Datatype.INT64, new long[] {rows, TOKENS}, data.flip());
    }
}
