package io.github.mlmaven.bench;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.inspect.onnx.Onnx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How long it takes to read and look at a model with large files, beside {@code sha256sum} of the same files: an ONNX
 * model with raw external data, whose digest is taken, and safetensors beside it, which stay out. Run it with {@code
 * -Xmx64m}, which is what the build promises to need.
 */
final class ScanSpeed {

    private static final int ROUNDS = 5;

    private ScanSpeed() {}

    /** {@code ScanSpeed FOLDER MEBIBYTES}: an empty folder for the files, and the size of each. */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createDirectories(Path.of(args[0]));
        long size = Long.parseLong(args[1]) << 20;
        try (OutputStream weights = Files.newOutputStream(folder.resolve("weights.bin"))) {
            noise(weights, size);
        }
        Files.write(
                folder.resolve("model.onnx"),
                Onnx.model(Onnx.graph().message(5, Onnx.external("w", "location", "weights.bin")))
                        .toBytes());
        safetensors(folder.resolve("other.safetensors"), size);
        double[] sums = new double[ROUNDS];
        double[] scans = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            sums[round] = sha256sum(folder);
            scans[round] = inspect(folder);
            out.printf("round %d: sha256sum %.2f s, inspection %.2f s%n", round, sums[round], scans[round]);
        }
        Arrays.sort(sums);
        Arrays.sort(scans);
        out.printf(
                "median: the inspection has %.2f times the speed of sha256sum, with a heap of %d MiB%n",
                sums[ROUNDS / 2] / scans[ROUNDS / 2], Runtime.getRuntime().maxMemory() >> 20);
    }

    private static double inspect(Path folder) {
        long start = System.nanoTime();
        Inspection inspection = new ModelInspector(folder.resolveSibling("scan"))
                .inspect(new ModelSource("m", "1", folder, folder.resolve("golden"), "model", "golden"));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (inspection instanceof RejectedModel rejected) {
            throw new IllegalStateException(
                    rejected.findings().stream().map(Finding::line).toList().toString());
        }
        if (((InspectedModel) inspection).files().size() != 2) {
            throw new IllegalStateException("expected the model and its external data");
        }
        return seconds;
    }

    private static double sha256sum(Path folder) throws IOException, InterruptedException {
        List<String> command = List.of("sha256sum", "model.onnx", "weights.bin", "other.safetensors");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("sha256sum failed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void safetensors(Path file, long size) throws IOException {
        byte[] header = ("{\"w\":{\"dtype\":\"U8\",\"shape\":[" + size + "],\"data_offsets\":[0," + size + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            noise(out, size);
        }
    }

    /** Bytes that say nothing, as weights do. */
    private static void noise(OutputStream out, long size) throws IOException {
        byte[] block = new byte[1 << 20];
        Random random = new Random(1);
        for (long written = 0; written < size; written += block.length) {
            random.nextBytes(block);
            out.write(block, 0, (int) Math.min(block.length, size - written));
        }
    }
}
