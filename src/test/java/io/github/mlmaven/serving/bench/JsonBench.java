package io.github.mlmaven.serving.bench;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.inference.RequestMemory;
import io.github.mlmaven.serving.protocol.BinaryOutputs;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Microseconds of CPU time for reading a request and for writing a reply, by the general parser and generator and by the fast path,
 * in turn in one process; medians of the rounds.
 */
public final class JsonBench {

    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 100_000_000L;

    private JsonBench() {}

    /** Runs it from the project's folder. */
    public static void main(String[] args) throws Exception {
        for (String model : List.of("breast-cancer-lgbm", "digits-cnn")) {
            Path golden = Path.of("src/test/models", model, "test_data_set_0");
            for (int rows : new int[] {1, 64}) {
                measure(
                        model + " " + rows,
                        rows(GoldenFiles.read(golden, "input"), rows),
                        rows(GoldenFiles.read(golden, "output"), rows));
            }
        }
    }

    private static void measure(String what, List<Tensor> inputs, List<Tensor> outputs) throws Exception {
        byte[] json = InferenceJson.request(inputs);
        JsonText request = JsonText.of(json);
        InferenceReply reply = new InferenceReply("model", "1", Optional.empty(), outputs);
        Callable<?> parser = () -> InferenceJson.tensors(json, "inputs");
        Callable<?> fast = () -> {
            try (RequestMemory memory = new RequestMemory()) {
                return InferenceDocuments.read(request, memory);
            }
        };
        Callable<?> generator = () -> InferenceJson.request(outputs);
        Callable<?> writer = () -> {
            try (RequestMemory memory = new RequestMemory()) {
                return InferenceDocuments.write(reply, BinaryOutputs.NONE, memory);
            }
        };
        double[][] micros = new double[4][ROUNDS];
        List<Callable<?>> all = List.of(parser, fast, generator, writer);
        for (int round = -4; round < ROUNDS; round++) {
            for (int i = 0; i < all.size(); i++) {
                micros[i][Math.max(round, 0)] = micros(all.get(i));
            }
        }
        Arrays.stream(micros).forEach(Arrays::sort);
        System.out.printf(
                "%-24s %6d bytes: read %7.2f -> %7.2f us, write %7.2f -> %7.2f us%n",
                what,
                json.length,
                micros[0][ROUNDS / 2],
                micros[1][ROUNDS / 2],
                micros[2][ROUNDS / 2],
                micros[3][ROUNDS / 2]);
    }

    /** Of this thread's own time: other work on the machine hardly counts. */
    private static double micros(Callable<?> once) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long end = start;
        long calls = 0;
        while (end - start < ROUND_NANOS) {
            for (int i = 0; i < 50; i++) {
                once.call();
            }
            calls += 50;
            end = threads.getCurrentThreadCpuTime();
        }
        return (end - start) / 1000.0 / calls;
    }

    /** The first row again and again. */
    private static List<Tensor> rows(List<Tensor> tensors, int rows) {
        List<Tensor> result = new ArrayList<>();
        for (Tensor tensor : tensors) {
            long[] shape = tensor.shape();
            if (tensor.datatype() == Datatype.BYTES || shape.length == 0) {
                result.add(tensor);
                continue;
            }
            int row = (int) (tensor.data().remaining() / shape[0]);
            ByteBuffer data = ByteBuffer.allocate(row * rows);
            for (int i = 0; i < rows; i++) {
                data.put(tensor.data().limit(row));
            }
            shape[0] = rows;
            result.add(new Tensor(tensor.name(), tensor.datatype(), shape, data.flip()));
        }
        return result;
    }
}
