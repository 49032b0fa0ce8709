package io.github.mlmaven.bench.lock;

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

/**
 * A project with a lock.
 *
 * @param name of its folder in {@code src/bench/lock}, which has its pom
 * @param weights how many bytes of external data its model has, a multiple of 4 KiB
 */
record LockProject(String name, long weights) {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int BLOCK = 4096;

    /** Puts it together in a folder; weights that are there stay. */
    Path prepare(Path poms, Path folder, String version) throws IOException {
        Path project = folder.resolve(name);
        Path model = Files.createDirectories(project.resolve("src/main/model"));
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(poms.resolve(name).resolve("pom.xml")).replace("@project.version@", version));
        Files.write(model.resolve("model.onnx"), graph().toBytes());
        Path data = model.resolve("weights.bin");
        if (!Files.exists(data) || Files.size(data) != weights) {
            noise(data);
        }
        return project;
    }

    /** A lookup {@code y = w[x]} in external data. */
    private Proto graph() {
        return Onnx.model(new Proto()
                .message(1, new Proto().text(1, "w").text(1, "x").text(2, "y").text(4, "Gather"))
                .message(
                        5,
                        Onnx.tensor("w", FLOAT, weights / Float.BYTES)
                                .number(14, 1)
                                .message(13, new Proto().text(1, "location").text(2, "weights.bin")))
                .message(11, Onnx.value("x", Onnx.tensorType(INT64, Onnx.shape(Onnx.symbolic("N")))))
                .message(12, Onnx.value("y", Onnx.tensorType(FLOAT, Onnx.shape(Onnx.symbolic("N"))))));
    }

    /** The same numbers in every run. */
    private void noise(Path data) throws IOException {
        Random random = new Random(1);
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 20)) {
            for (long written = 0; written < weights; written += BLOCK) {
                block.clear();
                while (block.hasRemaining()) {
                    block.putFloat(random.nextFloat());
                }
                out.write(block.array());
            }
        }
    }
}
