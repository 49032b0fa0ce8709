package io.github.mlmaven.inspect.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model just under protobuf's 2 GiB, in a JVM whose whole heap is a fortieth of it. */
class LargeModelTest {

    private static final long WEIGHTS = 1_990L << 20;

    @TempDir
    Path folder;

    @Test
    void weightsAreSkippedInConstantMemory() throws Exception {
        writeSparse();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(output.strip())
                .isEqualTo("{ai.onnx.Identity=1} parameters=" + WEIGHTS + " bytes="
                        + Files.size(folder.resolve("model.onnx")));
    }

    /** What runs in the small JVM. */
    static final class Main {
        public static void main(String[] args) {
            Inspection inspection = Inspected.folder(Path.of(args[0]));
            if (inspection instanceof InspectedModel model) {
                System.out.println(model.summary().operators() + " parameters="
                        + model.summary().parameters() + " bytes="
                        + model.files().get(0).size());
            } else {
                System.out.println(inspection);
            }
        }
    }

    /** The weights are a hole in the file, before the graph's inputs and outputs. */
    private void writeSparse() throws Exception {
        Proto tensor = Onnx.tensor("w", 2, WEIGHTS);
        byte[] rawData = lengthPrefix(9, WEIGHTS);
        byte[] graph = Onnx.graph().toBytes();
        long tensorBytes = tensor.toBytes().length + rawData.length + WEIGHTS;
        byte[] initializer = lengthPrefix(5, tensorBytes);
        long graphBytes = initializer.length + tensorBytes + graph.length;
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.onnx").toFile(), "rw")) {
            file.write(new Proto().number(1, 8).message(8, Onnx.opset("", 17)).toBytes());
            file.write(lengthPrefix(7, graphBytes));
            file.write(initializer);
            file.write(tensor.toBytes());
            file.write(rawData);
            file.seek(file.getFilePointer() + WEIGHTS);
            file.write(graph);
        }
    }

    private static byte[] lengthPrefix(int field, long length) {
        return new Proto().tagAndLength(field, length).toBytes();
    }
}
