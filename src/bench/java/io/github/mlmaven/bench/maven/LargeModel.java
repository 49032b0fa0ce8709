package io.github.mlmaven.bench.maven;

import io.github.mlmaven.inspect.onnx.Onnx;
import io.github.mlmaven.inspect.onnx.Proto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A small graph with as much external data as wanted. */
public final class LargeModel {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int BLOCK = 4096;

    private LargeModel() {}

    /**
     * Puts it into a project; weights that are there stay.
     *
     * @param bytes of external data, a multiple of 4 KiB
     */
    public static void prepare(Path project, long bytes) throws IOException {
        Path model = Files.createDirectories(project.resolve("src/main/model"));
        Files.write(model.resolve("model.onnx"), graph(bytes).toBytes());
        Path data = model.resolve("weights.bin");
        if (!Files.exists(data) || Files.size(data) != bytes) {
            noise(data, bytes);
        }
    }

    /** A lookup {@code y = w[x]} in external data. */
    private static Proto graph(long bytes) {
        return Onnx.model(new Proto()
                .message(1, new Proto().text(1, "w").text(1, "x").text(2, "y").text(4, "Gather"))
                .message(
                        5,
                        Onnx.tensor("w", FLOAT, bytes / Float.BYTES)
                                .number(14, 1)
                                .message(13, new Proto().text(1, "location").text(2, "weights.bin")))
                .message(11, Onnx.value("x", Onnx.tensorType(INT64, Onnx.shape(Onnx.symbolic("N")))))
                .message(12, Onnx.value("y", Onnx.tensorType(FLOAT, Onnx.shape(Onnx.symbolic("N"))))));
    }

    /** The same numbers in every run. */
    private static void noise(Path data, long bytes) throws IOException {
        Random random = new Random(1);
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 20)) {
            for (long written = 0; written < bytes; written += BLOCK) {
                block.clear();
                while (block.hasRemaining()) {
                    block.putFloat(random.nextFloat());
                }
                out.write(block.array());
            }
        }
    }
}
