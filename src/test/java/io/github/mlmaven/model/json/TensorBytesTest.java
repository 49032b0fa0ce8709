package io.github.mlmaven.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written without the generator is what the generator writes. */
class TensorBytesTest {

    @ParameterizedTest
    @EnumSource(value = Datatype.class, names = "BYTES", mode = EnumSource.Mode.EXCLUDE)
    void everyElementIsWrittenAsTheGeneratorWritesIt(Datatype datatype) throws Exception {
        int elements = 1 << 16;
        ByteBuffer data = ByteBuffer.allocate(elements * datatype.size()).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(3);
        while (data.hasRemaining()) {
            long bits = random.nextLong() >> random.nextInt(64);
            switch (datatype.size()) {
                case 1 -> data.put((byte) bits);
                case 2 -> data.putShort((short) (data.position() / 2));
                case 4 -> data.putInt((int) bits);
                default -> data.putLong(bits);
            }
        }
        assertSame(new Tensor("x\"ä", datatype, new long[] {2, elements / 2}, data.flip()));
        assertSame(new Tensor("", datatype, new long[] {0, 3}, ByteBuffer.allocate(0)));
        assertSame(new Tensor("x", datatype, new long[0], ByteBuffer.allocate(datatype.size())));
    }

    @Test
    void floatsAreTheShortestThatAreReadBack() {
        float[] edges = {
            0f,
            -0f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            1e-3f,
            Math.nextDown(1e-3f),
            1e7f,
            Math.nextDown(1e7f),
            1,
            10,
            100,
            0.1f,
            0.5f,
            2e-3f,
            8388608f,
            8388609f,
            4194304.5f,
            9999999f,
            1e6f,
            33554432f
        };
        for (float edge : edges) {
            assertFloat(edge);
            assertFloat(-edge);
        }
        for (int exponent = -12; exponent < 26; exponent++) {
            float power = (float) Math.scalb(1.0, exponent);
            float at = power;
            for (int i = 0; i < 2000; i++, at = Math.nextUp(at)) {
                assertFloat(at);
            }
            at = power;
            for (int i = 0; i < 2000; i++, at = Math.nextDown(at)) {
                assertFloat(at);
            }
        }
        Random random = new Random(4);
        for (int i = 0; i < 1_000_000; i++) {
            assertFloat(Float.intBitsToFloat(random.nextInt()));
            assertFloat(random.nextFloat());
            assertFloat((float) (random.nextInt(2_000_000_000) / Math.pow(10, random.nextInt(10))));
        }
    }

    private static void assertFloat(float value) {
        if (!Float.isFinite(value)) {
            return;
        }
        JsonBytes out = new JsonBytes(ElementMemory.HEAP, 0);
        FloatText.write(out, value);
        String found = text(out);
        String expected = NumberOutput.toString(value, true);
        if (!found.equals(expected)) {
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void wholeNumbersHaveTheirDigits() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(text(new JsonBytes(ElementMemory.HEAP, 0).number(value))).isEqualTo(Long.toString(value));
        }
        for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
            for (long value : new long[] {power - 1, power, -power, 1 - power}) {
                assertThat(text(new JsonBytes(ElementMemory.HEAP, 0).number(value)))
                        .isEqualTo(Long.toString(value));
            }
            if (power == 1_000_000_000_000_000_000L) {
                break;
            }
        }
        assertThat(text(new JsonBytes(ElementMemory.HEAP, 0)
                        .number(Long.MIN_VALUE)
                        .raw(',')
                        .number(Long.MAX_VALUE)))
                .isEqualTo("-9223372036854775808,9223372036854775807");
    }

    @Test
    void stringsAreQuotedAsTheGeneratorQuotesThem() throws Exception {
        String[] strings = {"", "a", "a\"b\\c/d", "\u0000\u001f\n\r\t\b\f\u007f", "äöü€", "😀x", "\u2028"};
        ByteBuffer data = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        for (String string : strings) {
            byte[] utf8 = string.getBytes(UTF_8);
            data.putInt(utf8.length).put(utf8);
        }
        assertSame(new Tensor("x", Datatype.BYTES, new long[] {strings.length}, data.flip()));
    }

    @Test
    void bytesThatAreNotUtf8CannotBeWritten() {
        ByteBuffer data = ByteBuffer.allocate(5)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .put((byte) 0xFF)
                .flip();
        Tensor tensor = new Tensor("x", Datatype.BYTES, new long[] {1}, data);
        assertThatThrownBy(() -> TensorBytes.write(new JsonBytes(ElementMemory.HEAP, 0), tensor))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("tensor x: element 0 of BYTES is not UTF-8, which JSON cannot carry");
    }

    private static void assertSame(Tensor tensor) throws Exception {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(expected)) {
            TensorJson.write(json, tensor);
        }
        JsonBytes found = new JsonBytes(ElementMemory.HEAP, 0);
        TensorBytes.write(found, tensor);
        String text = text(found);
        if (!text.equals(expected.toString(UTF_8))) {
            assertThat(text).isEqualTo(expected.toString(UTF_8));
        }
    }

    private static String text(JsonBytes json) {
        return UTF_8.decode(json.bytes()).toString();
    }
}
