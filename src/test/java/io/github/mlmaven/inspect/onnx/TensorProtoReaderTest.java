package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.FLOAT;
import static io.github.mlmaven.inspect.onnx.Onnx.INT64;
import static io.github.mlmaven.inspect.onnx.Onnx.STRING;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorProtoReaderTest {

    private static final int DOUBLE = 11;
    private static final int UINT32 = 12;
    private static final int UINT64 = 13;

    @Test
    void rawData() throws Exception {
        Tensor tensor = read(tensor("x", FLOAT, 1, 2).bytes(9, new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}));

        assertThat(tensor.name()).isEqualTo("x");
        assertThat(tensor.datatype()).isEqualTo(Datatype.FP32);
        assertThat(tensor.shape()).containsExactly(1, 2);
        assertThat(tensor.data().getFloat(0)).isEqualTo(1f);
        assertThat(tensor.data().getFloat(4)).isEqualTo(2f);
    }

    @Test
    void floatsPackedAndSingle() throws Exception {
        assertThat(read(tensor("x", FLOAT, 2).packedFloats(4, 1.5f, -2f)).data())
                .isEqualTo(buffer(8).putFloat(1.5f).putFloat(-2f).flip());
        assertThat(read(tensor("x", FLOAT, 2).float32(4, 1.5f).float32(4, -2f)).data())
                .isEqualTo(buffer(8).putFloat(1.5f).putFloat(-2f).flip());
    }

    @Test
    void doublesPackedAndSingle() throws Exception {
        assertThat(read(tensor("x", DOUBLE, 2).packedDoubles(10, 0.1).float64(10, Double.NaN))
                        .data())
                .isEqualTo(buffer(16).putDouble(0.1).putDouble(Double.NaN).flip());
    }

    @Test
    void longsPackedAndSingle() throws Exception {
        assertThat(read(tensor("x", INT64, 3)
                                .packedNumbers(7, -1, Long.MIN_VALUE)
                                .number(7, 5))
                        .data())
                .isEqualTo(buffer(24)
                        .putLong(-1)
                        .putLong(Long.MIN_VALUE)
                        .putLong(5)
                        .flip());
        assertThat(read(tensor("x", UINT64, 1).packedNumbers(11, -1)).data())
                .isEqualTo(buffer(8).putLong(-1).flip());
        assertThat(read(tensor("x", UINT32, 2).packedNumbers(11, 7, 0xffffffffL))
                        .data())
                .isEqualTo(buffer(8).putInt(7).putInt(-1).flip());
    }

    @ParameterizedTest
    @CsvSource({
        "6, INT32, -5, 4",
        "3, INT8, -128, 1",
        "2, UINT8, 255, 1",
        "5, INT16, -32768, 2",
        "4, UINT16, 65535, 2",
        "9, BOOL, 1, 1",
        "10, FP16, 15360, 2",
        "16, BF16, 65535, 2"
    })
    void datatypesInInt32Data(int type, Datatype datatype, long value, int width) throws Exception {
        Tensor tensor = read(tensor("x", type, 3).packedNumbers(5, 0, value).number(5, 1));

        assertThat(tensor.datatype()).isEqualTo(datatype);
        ByteBuffer expected = buffer(3 * width);
        for (int i = 0; i < width; i++) {
            expected.put(width + i, (byte) (value >>> (8 * i)));
        }
        assertThat(tensor.data()).isEqualTo(expected.put(2 * width, (byte) 1));
    }

    @Test
    void strings() throws Exception {
        assertThat(read(tensor("x", STRING, 2).text(6, "ä").text(6, "")).data())
                .isEqualTo(buffer(10)
                        .putInt(2)
                        .put((byte) 0xc3)
                        .put((byte) 0xa4)
                        .putInt(0)
                        .flip());
    }

    @Test
    void scalarsEmptyTensorsAndPackedDimensions() throws Exception {
        assertThat(read(tensor("x", INT64).number(7, 9)).shape()).isEmpty();
        assertThat(read(tensor("x", INT64, 0, 4)).data().remaining()).isZero();
        assertThat(read(new Proto().packedNumbers(1, 2, 1).number(2, INT64).packedNumbers(7, 1, 2))
                        .shape())
                .containsExactly(2, 1);
    }

    @Test
    void elementsMayComeBeforeTheirDatatype() throws Exception {
        assertThat(read(new Proto().packedNumbers(5, 3, 4).number(2, 3).number(1, 2))
                        .data())
                .isEqualTo(buffer(2).put((byte) 3).put((byte) 4).flip());
    }

    @Test
    void whatIsWrong() {
        assertMalformed(new Proto(), "the file is empty; expected a TensorProto, found 0 bytes");
        assertMalformed(
                tensor("x", FLOAT, 2, 2).packedFloats(4, 1, 2, 3),
                "the number of elements does not fit the dimensions; expected 4 for float[2, 2], found 3");
        assertMalformed(
                tensor("x", FLOAT, 2).bytes(9, new byte[9]),
                "the number of elements does not fit the dimensions; expected 2 for float[2], found 9 bytes");
        assertMalformed(
                tensor("x", STRING, 2).text(6, "a"),
                "the number of strings does not fit the dimensions; expected 2 for string[2], found 1");
        assertMalformed(
                tensor("x", FLOAT, -1),
                "the dimensions are impossible; expected dimensions of zero or more, found float[-1]");
        assertMalformed(
                tensor("x", FLOAT, 1L << 40, 1L << 40),
                "the dimensions are impossible; expected dimensions of zero or more,"
                        + " found float[1099511627776, 1099511627776]");
        assertMalformed(
                tensor("x", 14, 1).bytes(9, new byte[8]),
                "no protocol carries the tensor's datatype; expected a number, bool or string, found complex64");
        assertMalformed(
                tensor("x", 0, 1),
                "no protocol carries the tensor's datatype; expected a number, bool or string," + " found none");
        assertMalformed(
                tensor("x", FLOAT, 1).packedNumbers(7, 1),
                "the elements are in the wrong field for float; expected float_data or raw_data, found int64_data");
        assertMalformed(
                tensor("x", STRING, 1).bytes(9, new byte[1]),
                "the elements are in the wrong field for string; expected string_data, found raw_data");
        assertMalformed(
                tensor("x", FLOAT, 1).packedFloats(4, 1).bytes(9, new byte[4]),
                "the elements are in two fields; expected float_data, found raw_data");
        assertMalformed(
                tensor("x", 3, 1).number(5, 300), "an element does not fit INT8; expected -128 to 127, found 300");
        assertMalformed(
                tensor("x", UINT32, 1).number(11, 1L << 32),
                "an element does not fit UINT32; expected 0 to 4294967295, found 4294967296");
        assertMalformed(
                tensor("x", 9, 1).bytes(9, new byte[] {2}),
                "a bool is neither true nor false; expected 0 or 1, found 2");
        assertMalformed(
                tensor("x", FLOAT, 1).bytes(4, new byte[3]),
                "packed numbers of a wrong length at byte 7; expected a multiple of 4, found 3 bytes");
        assertMalformed(
                Onnx.external("x", "location", "y"),
                "the elements are in another file; expected elements in the file itself, found external data");
        assertMalformed(
                tensor("x", FLOAT, 1).message(3, new Proto()),
                "the tensor is a segment of a larger one; expected a whole tensor, found a segment");
        assertMalformed(
                new Proto().number(1, 3).raw(0x4a, 12, 0),
                "the file ends inside the field at byte 2; expected at least 16 bytes, found 5 bytes");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() {
        assertThatThrownBy(() -> new TensorProtoReader()
                        .read(InputStream.nullInputStream(), TensorProtoReader.MAX_BYTES + 1, "input_0.pb"))
                .isInstanceOf(MalformedTensorException.class)
                .hasMessage("input_0.pb: the file is too large; expected at most 268435456 bytes, found 268435457"
                        + " bytes");
    }

    @Test
    void noPrefixAndNoFlipEndsInAnotherException() throws Exception {
        byte[] real = Files.readAllBytes(Path.of("src/test/models/add-sub/test_data_set_0/input_0.pb"));
        for (int length = 0; length < real.length; length++) {
            readOrRefuse(Arrays.copyOf(real, length));
        }
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] flipped = real.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            readOrRefuse(flipped);
        }
    }

    private static void readOrRefuse(byte[] bytes) throws Exception {
        try {
            new TensorProtoReader().read(new ByteArrayInputStream(bytes), bytes.length, "input_0.pb");
        } catch (MalformedTensorException e) {
            assertThat(e).hasMessageStartingWith("input_0.pb: ");
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Tensor read(Proto proto) throws Exception {
        byte[] bytes = proto.toBytes();
        return new TensorProtoReader().read(new ByteArrayInputStream(bytes), bytes.length, "input_0.pb");
    }

    private static void assertMalformed(Proto proto, String message) {
        assertThatThrownBy(() -> read(proto))
                .isInstanceOf(MalformedTensorException.class)
                .hasMessage("input_0.pb: " + message);
    }
}
