package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.FLOAT;
import static io.github.mlmaven.inspect.onnx.Onnx.fixed;
import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.graphAttribute;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.node;
import static io.github.mlmaven.inspect.onnx.Onnx.shape;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static io.github.mlmaven.inspect.onnx.Onnx.tensorType;
import static io.github.mlmaven.inspect.onnx.Onnx.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.RejectedModel;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxMalformedTest {

    private static final Path REAL = Path.of("src/test/models/add-sub/model.onnx");
    private static final String FILE = "src/main/model/m/model.onnx";
    private static final String AGAIN = " Restore " + FILE + " from its source, or export the model again.";
    private static final String KEEP = " Models stay far below this limit: check where " + FILE + " comes from.";

    @TempDir
    Path folder;

    @Test
    void anEmptyFile() throws Exception {
        assertRejected(
                new byte[0],
                "ML-MODEL-EMPTY: " + FILE + ": the file is empty; expected an ONNX model, found 0 bytes."
                        + " Export or copy the model again.");
    }

    @Test
    void aTruncatedFile() throws Exception {
        assertRejected(
                Arrays.copyOf(Files.readAllBytes(REAL), 100),
                "ML-MODEL-TRUNCATED: " + FILE + ": the file ends inside the field at byte 2;"
                        + " expected at least 203 bytes, found 100 bytes. Copy or download " + FILE
                        + " again, to its end.");
    }

    @Test
    void aFileThatEndsInANumber() throws Exception {
        assertRejected(
                new byte[] {0x08, (byte) 0x88},
                "ML-MODEL-TRUNCATED: " + FILE + ": the file ends inside the field at byte 0;"
                        + " expected at least 3 bytes, found 2 bytes. Copy or download " + FILE
                        + " again, to its end.");
    }

    @Test
    void noPrefixOfAModelIsTakenForTheModel() throws Exception {
        byte[] real = Files.readAllBytes(REAL);
        for (int length = 0; length < real.length; length++) {
            Files.write(folder.resolve("model.onnx"), Arrays.copyOf(real, length));
            assertThat(Inspected.folder(folder)).as("%d bytes", length).isInstanceOf(RejectedModel.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-sub", "digits-cnn", "breast-cancer-lgbm"})
    void flippedBytesNeverEndInAnException(String name) throws Exception {
        byte[] real = Files.readAllBytes(Path.of("src/test/models", name, "model.onnx"));
        Random random = new Random(20261123);
        for (int round = 0; round < 500; round++) {
            byte[] flipped = real.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                // Weights hide most flips: half of them go to the first bytes, where structure is.
                int bound = random.nextBoolean() ? flipped.length : Math.min(flipped.length, 400);
                flipped[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(folder.resolve("model.onnx"), flipped);

            Inspection inspection = Inspected.folder(folder);

            if (inspection instanceof RejectedModel rejected) {
                assertThat(rejected.findings()).isNotEmpty();
            }
        }
    }

    @Test
    void randomBytesAreRejected() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[1 + random.nextInt(3000)];
            random.nextBytes(bytes);
            Files.write(folder.resolve("model.onnx"), bytes);
            assertThat(Inspected.folder(folder)).isInstanceOf(RejectedModel.class);
        }
    }

    @Test
    void aFieldThatLeavesItsMessage() throws Exception {
        Proto opset = new Proto().raw(0x0a, 0x20, 'a'); // a domain of 32 bytes in a message of 3
        assertRejected(
                new Proto()
                        .number(1, 8)
                        .message(8, opset)
                        .bytes(6, new byte[40])
                        .toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": a field reaches beyond the message that holds it at byte 4;"
                        + " expected an end at byte 7 or before, found byte 38." + AGAIN);
    }

    @Test
    void aWrongWireType() throws Exception {
        assertRejected(
                new Proto().number(1, 8).number(7, 3).toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": field 7 has another type than in ONNX at byte 2;"
                        + " expected bytes (wire type 2), found wire type 0." + AGAIN);
    }

    @Test
    void groupsAndFieldZero() throws Exception {
        assertRejected(
                new byte[] {0x08, 8, 0x3b},
                "ML-MODEL-CORRUPT: " + FILE + ": not a protobuf field of ONNX at byte 2;"
                        + " expected wire type 0, 1, 2 or 5, found wire type 3." + AGAIN);
        assertRejected(
                new byte[] {0x08, 8, 0x02},
                "ML-MODEL-CORRUPT: " + FILE + ": not a protobuf field at byte 2;"
                        + " expected a field number from 1 to 536870911, found 0." + AGAIN);
    }

    @Test
    void anEndlessNumber() throws Exception {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) 0xff);
        bytes[0] = 8;
        assertRejected(
                bytes,
                "ML-MODEL-CORRUPT: " + FILE + ": not a number of protobuf at byte 0;"
                        + " expected at most 10 bytes, found more." + AGAIN);
    }

    @Test
    void anImpossibleLength() throws Exception {
        assertRejected(
                new byte[] {8, 8, 0x3a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                "ML-MODEL-CORRUPT: " + FILE + ": an impossible length at byte 2;"
                        + " expected at most 2147483647, found 18446744073709551615." + AGAIN);
    }

    @Test
    void aFileBeyondProtobufsOwnLimit() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("model.onnx").toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        assertThat(Inspected.rejected(folder))
                .containsExactly("ML-MODEL-LIMIT: " + FILE + ": the file is larger than protobuf allows;"
                        + " expected at most 2147483647 bytes, found 2147483648 bytes."
                        + " Export the weights as external data.");
    }

    @Test
    void namesThatAreNoText() throws Exception {
        assertRejected(
                new Proto()
                        .number(1, 8)
                        .bytes(2, new byte[] {(byte) 0xc3, 0x28})
                        .toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": a name is not text at byte 2; expected UTF-8, found other bytes."
                        + AGAIN);
        assertRejected(
                new Proto().number(1, 8).text(2, "\u001b[2J").toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": a name holds a control character at byte 2;"
                        + " expected printable characters, found U+001B." + AGAIN);
    }

    @Test
    void twoGraphsWhichProtobufWouldMerge() throws Exception {
        assertRejected(
                new Proto().message(7, graph()).message(7, graph()).toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": a second graph at byte 56; expected one graph, found two." + AGAIN);
    }

    @Test
    void twoTypesOfOneValue() throws Exception {
        Proto both = tensorType(FLOAT, shape()).message(4, new Proto());
        assertRejected(
                model(new Proto().message(11, value("x", both))).toBytes(),
                "ML-MODEL-CORRUPT: " + FILE + ": a second type for one value at byte 17;"
                        + " expected one type, found two." + AGAIN);
    }

    @Test
    void subgraphsTooDeep() throws Exception {
        Proto graph = graph();
        for (int i = 0; i < 40; i++) {
            graph = new Proto().message(1, node("If").message(5, graphAttribute("then_branch", graph)));
        }
        assertThat(Inspected.rejected(folder, model(graph).toBytes()))
                .singleElement()
                .asString()
                .startsWith("ML-MODEL-LIMIT: " + FILE + ": messages are nested too deeply at byte ")
                .endsWith("; expected at most 64 levels, found more than 64." + KEEP);
    }

    @Test
    void typesTooDeep() throws Exception {
        Proto type = tensorType(FLOAT, shape());
        for (int i = 0; i < 5000; i++) {
            type = new Proto().message(4, new Proto().message(1, type));
        }
        assertThat(Inspected.rejected(
                        folder, model(new Proto().message(11, value("x", type))).toBytes()))
                .singleElement()
                .asString()
                .startsWith("ML-MODEL-LIMIT: " + FILE + ": messages are nested too deeply");
    }

    @Test
    void namesTooLong() throws Exception {
        assertRejected(
                new Proto().text(2, "n".repeat(5000)).toBytes(),
                "ML-MODEL-LIMIT: " + FILE + ": a name is too long at byte 0;"
                        + " expected at most 4096 bytes, found 5000 bytes." + KEEP);
    }

    @Test
    void tooManyDimensions() throws Exception {
        assertRejected(
                new Proto()
                        .message(7, new Proto().message(5, tensor("w", FLOAT, new long[65])))
                        .toBytes(),
                "ML-MODEL-LIMIT: " + FILE + ": a tensor has too many dimensions at byte 134;"
                        + " expected at most 64, found 65." + KEEP);
        Proto[] dimensions = new Proto[65];
        Arrays.fill(dimensions, fixed(1));
        assertRejected(
                new Proto()
                        .message(7, new Proto().message(11, value("x", tensorType(FLOAT, shape(dimensions)))))
                        .toBytes(),
                "ML-MODEL-LIMIT: " + FILE + ": a shape has too many dimensions at byte 276;"
                        + " expected at most 64, found more than 64." + KEEP);
    }

    @Test
    void tooManyInputs() throws Exception {
        Proto graph = new Proto();
        for (int i = 0; i <= 10_000; i++) {
            graph.message(11, new Proto());
        }
        assertThat(Inspected.rejected(folder, model(graph).toBytes()))
                .contains("ML-MODEL-LIMIT: " + FILE + ": the model has too many inputs;"
                        + " expected at most 10000, found more than 10000." + KEEP);
    }

    @Test
    void tooManyInitializersToRemember() throws Exception {
        Proto graph = new Proto();
        for (int i = 0; i < 340_000; i++) {
            graph.message(5, tensor("w" + i, FLOAT));
        }
        assertRejected(
                model(graph).toBytes(),
                "ML-MODEL-LIMIT: " + FILE + ": the names of the initializers take too much memory;"
                        + " expected at most 33554432 bytes, found more."
                        + " Models stay far below this limit: check where " + FILE + " comes from.");
    }

    @Test
    void tooManyKindsOfOperators() throws Exception {
        Proto graph = new Proto();
        for (int i = 0; i <= 10_000; i++) {
            graph.message(1, node("Op" + i));
        }
        assertRejected(
                model(graph).toBytes(),
                "ML-MODEL-LIMIT: " + FILE + ": the model has too many kinds of operators;"
                        + " expected at most 10000, found more than 10000." + KEEP);
    }

    private void assertRejected(byte[] model, String line) throws Exception {
        assertThat(Inspected.rejected(folder, model)).containsExactly(line);
    }
}
