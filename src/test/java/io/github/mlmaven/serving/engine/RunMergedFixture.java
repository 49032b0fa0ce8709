package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** Runs of real models, whose outputs are known. */
abstract class RunMergedFixture {

    static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path folder;

    static List<Tensor> index(long value) {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        return List.of(new Tensor("x", Datatype.INT64, new long[] {1}, data));
    }

    static Tensor runAlone(LoadedModel model, Tensor x) throws EngineException {
        return model.runMerged(List.of(List.of(x)), List.of("y")).get(0).get(0);
    }

    static Tensor zeros(Datatype datatype, int count) {
        return new Tensor("x", datatype, new long[] {count}, ByteBuffer.allocate(count * datatype.size()));
    }

    static Tensor random(Datatype datatype, int rows, Random random) {
        long[] shape = {rows, 3};
        if (datatype == Datatype.BYTES) {
            String[] values = new String[rows * 3];
            Arrays.setAll(values, i -> "ä€".repeat(random.nextInt(3)) + random.nextInt());
            return Tensors.strings("x", shape, values);
        }
        byte[] bytes = new byte[rows * 3 * datatype.size()];
        random.nextBytes(bytes);
        if (datatype == Datatype.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 1;
            }
        }
        return new Tensor("x", datatype, shape, ByteBuffer.wrap(bytes));
    }

    static LoadedModel load(Path file) throws EngineException {
        return new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT);
    }
}
