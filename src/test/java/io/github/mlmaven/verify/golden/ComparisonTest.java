package io.github.mlmaven.verify.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

    @Test
    void floatsWithinTheToleranceMatchAndTheirLargestErrorsAreKnown() {
        Comparison c = compare(
                floats(new long[] {2, 3}, 1, 2, 3, 4, 1000, 0),
                floats(new long[] {2, 3}, 1, 2.00001f, 3, 4, 1000.05f, 0.000005f));

        assertThat(c.matches()).isTrue();
        assertThat(c.absolute().orElseThrow().index()).isEqualTo("[1,1]");
        assertThat(c.absolute().orElseThrow().error()).isBetween(0.0499, 0.0501);
        assertThat(c.relative()).hasToString("Optional[5.00e-05 at [1,1]]");
    }

    @Test
    void itTellsTheFirstAndTheWorstElementThatDiffers() {
        Comparison c =
                compare(floats(new long[] {3, 2}, 0, 1, 2, 3, 4, 5), floats(new long[] {3, 2}, 0, 1.5f, 2, 3, 7, 5));

        assertThat(c.message())
                .isEqualTo("output y differs at [0,1] (2 of 6 elements differ; worst at [2,0]: expected 4.0, found 7.0;"
                        + " tolerance atol 1e-5, rtol 1e-4)");
        assertThat(c.mismatch().orElseThrow().expected()).isEqualTo("1.0");
        assertThat(c.mismatch().orElseThrow().found()).isEqualTo("1.5");
        assertThat(c.absolute().orElseThrow()).isEqualTo(new Deviation(3, "[2,0]"));
        assertThat(c.relative().orElseThrow()).isEqualTo(new Deviation(0.75, "[2,0]"));
    }

    @Test
    void theToleranceIsInclusiveAndAddsBothParts() {
        Tensor one = doubles(1);
        assertThat(Comparison.compare(one, doubles(1.75), new Tolerance(0.25, 0.5))
                        .matches())
                .isTrue();
        assertThat(Comparison.compare(one, doubles(1.7500000000000002), new Tolerance(0.25, 0.5))
                        .matches())
                .isFalse();
        assertThat(Comparison.compare(doubles(-2), doubles(-3), new Tolerance(0, 0.5))
                        .matches())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0",
        "1, 1.1875, 0.25",
        "1, 1.75, 1",
        "-1, 0.5, 2",
        "0, 0.125, 0.5",
        "NaN, 1, Infinity",
        "Infinity, 1, Infinity",
        "NaN, NaN, 0",
    })
    void theShareOfTheToleranceIsKnown(double expected, double actual, double used) {
        assertThat(Comparison.compare(doubles(expected), doubles(actual), new Tolerance(0.25, 0.5))
                        .used())
                .contains(used);
    }

    @Test
    void whereNothingIsToleratedAnyErrorUsesMore() {
        assertThat(Comparison.compare(doubles(1), doubles(2), new Tolerance(0, 0))
                        .used())
                .contains(Double.POSITIVE_INFINITY);
        assertThat(Comparison.compare(doubles(1), doubles(1), new Tolerance(0, 0))
                        .used())
                .contains(0.0);
        assertThat(Comparison.missing(doubles(1), Tolerance.DEFAULT).used()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN, true",
        "NaN, 1, false",
        "1, NaN, false",
        "Infinity, Infinity, true",
        "Infinity, -Infinity, false",
        "Infinity, 1e300, false",
        "1, Infinity, false",
        "NaN, Infinity, false",
        "0.0, -0.0, true",
        "1.7e308, -1.7e308, false"
    })
    void notANumberAndInfinitiesEqualOnlyThemselves(double expected, double actual, boolean same) {
        Comparison c = Comparison.compare(doubles(expected), doubles(actual), new Tolerance(1, 1e10));

        assertThat(c.matches()).isEqualTo(same);
        assertThat(c.absolute().orElseThrow())
                .isEqualTo(same ? Deviation.NONE : new Deviation(Double.POSITIVE_INFINITY, "[0]"));
    }

    @Test
    void halfPrecisionIsCompared() {
        // binary16: 0x3C00 is 1, 0x3C01 the next, 0x0001 the smallest subnormal, 0x7C00 infinity, 0xFE00 NaN
        assertThat(shorts(Datatype.FP16, 0x3C00, 0x3C01).matches()).isFalse();
        assertThat(shorts(Datatype.FP16, 0x3C00, 0x3C01)
                        .absolute()
                        .orElseThrow()
                        .error())
                .isEqualTo(0x1p-10);
        assertThat(shorts(Datatype.FP16, 0x0000, 0x0001)
                        .absolute()
                        .orElseThrow()
                        .error())
                .isEqualTo(0x1p-24);
        assertThat(shorts(Datatype.FP16, 0xFE00, 0x7E01).matches()).isTrue();
        assertThat(shorts(Datatype.FP16, 0x7C00, 0x7BFF).mismatch().orElseThrow())
                .extracting(Mismatch::expected, Mismatch::found)
                .containsExactly("Infinity", "65504.0");
        assertThat(shorts(Datatype.BF16, 0x3F80, 0xC000).mismatch().orElseThrow())
                .extracting(Mismatch::expected, Mismatch::found)
                .containsExactly("1.0", "-2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, -128, 127, -128, 127, 255",
        "UINT8, 255, 0, 255, 0, 255",
        "INT16, -2, 1, -2, 1, 3",
        "UINT16, 65535, 1, 65535, 1, 65534",
        "INT32, -1, 1, -1, 1, 2",
        "UINT32, 4294967295, 1, 4294967295, 1, 4294967294",
        "INT64, 9007199254740993, 9007199254740992, 9007199254740993, 9007199254740992, 1",
        "INT64, -9223372036854775808, 9223372036854775807, -9223372036854775808, 9223372036854775807, 18446744073709551614",
        "UINT64, -1, 1, 18446744073709551615, 1, 18446744073709551614"
    })
    void integersAreComparedExactly(
            Datatype datatype, long expected, long actual, String expectedText, String found, double error) {
        Comparison c = compare(integers(datatype, 7, expected), integers(datatype, 7, actual));

        assertThat(c.message()).isEqualTo("output y differs at [1] (1 of 2 elements differ)");
        assertThat(c.mismatch().orElseThrow().expected()).isEqualTo(expectedText);
        assertThat(c.mismatch().orElseThrow().found()).isEqualTo(found);
        assertThat(c.absolute().orElseThrow()).isEqualTo(new Deviation(error, "[1]"));
    }

    @Test
    void booleansAreComparedExactly() {
        Comparison c = compare(integers(Datatype.BOOL, 1, 0), integers(Datatype.BOOL, 1, 1));

        assertThat(c.message()).isEqualTo("output y differs at [1] (1 of 2 elements differ)");
        assertThat(c.mismatch().orElseThrow())
                .extracting(Mismatch::expected, Mismatch::found)
                .containsExactly("false", "true");
        assertThat(c.absolute()).isEmpty();
    }

    @Test
    void stringsAreComparedExactlyAndShownSafely() {
        Comparison c = compare(strings("malign", "benign", ""), strings("malign", "Benign\u001b[2J", "x"));

        assertThat(c.message()).isEqualTo("output y differs at [1] (2 of 3 elements differ)");
        assertThat(c.mismatch().orElseThrow())
                .extracting(Mismatch::expected, Mismatch::found)
                .containsExactly("\"benign\"", "\"Benign\\u001b[2J\"");
        assertThat(compare(strings("a"), strings("a")).matches()).isTrue();
    }

    @Test
    void aMalformedStringTensorDoesNotMatch() {
        Tensor broken = new Tensor("y", Datatype.BYTES, new long[] {1}, ByteBuffer.wrap(new byte[] {9, 0, 0, 0, 'a'}));

        Comparison c = compare(strings("a"), broken);

        assertThat(c.message()).isEqualTo("output y cannot be compared");
        assertThat(c.mismatch()).contains(new Mismatch.OfForm("1 BYTES elements", "output malformed after element 0"));
    }

    @Test
    void datatypeAndShapeAreExact() {
        Comparison datatype = compare(floats(new long[] {1}, 1), doubles(1));
        assertThat(datatype.message()).isEqualTo("output y has another datatype");
        assertThat(datatype.mismatch()).contains(new Mismatch.OfDatatype("FP32", "FP64"));

        Comparison shape = compare(floats(new long[] {1, 2}, 1, 2), floats(new long[] {2}, 1, 2));
        assertThat(shape.message()).isEqualTo("output y has another shape");
        assertThat(shape.mismatch()).contains(new Mismatch.OfShape("[1,2]", "[2]"));

        assertThat(compare(floats(new long[] {}, 1), floats(new long[] {}, 1)).matches())
                .isTrue();
        assertThat(compare(floats(new long[] {}, 1), floats(new long[] {}, 2)).message())
                .isEqualTo("output y differs at [] (1 of 1 elements differ; tolerance atol 1e-5, rtol 1e-4)");
    }

    @Test
    void aTensorWithoutElementsMatches() {
        assertThat(compare(floats(new long[] {0, 3}), floats(new long[] {0, 3})).matches())
                .isTrue();
        assertThat(compare(floats(new long[] {0, 3}), floats(new long[] {0, 2})).matches())
                .isFalse();
    }

    @Test
    void aMissingOutputIsTold() {
        Comparison c = Comparison.missing(floats(new long[] {2}, 1, 2), Tolerance.DEFAULT);

        assertThat(c.mismatch()).contains(new Mismatch.OfForm("FP32[2]", "no such output"));
    }

    private static Comparison compare(Tensor expected, Tensor actual) {
        return Comparison.compare(expected, actual, Tolerance.DEFAULT);
    }

    private static Tensor floats(long[] shape, float... values) {
        ByteBuffer data = little(values.length * 4);
        for (float value : values) {
            data.putFloat(value);
        }
        return new Tensor("y", Datatype.FP32, shape, data.flip());
    }

    private static Tensor doubles(double... values) {
        ByteBuffer data = little(values.length * 8);
        for (double value : values) {
            data.putDouble(value);
        }
        return new Tensor("y", Datatype.FP64, new long[] {values.length}, data.flip());
    }

    private static Comparison shorts(Datatype datatype, int expected, int actual) {
        return compare(integers(datatype, expected), integers(datatype, actual));
    }

    private static Tensor integers(Datatype datatype, long... values) {
        ByteBuffer data = little(values.length * datatype.size());
        for (long value : values) {
            switch (datatype.size()) {
                case 1 -> data.put((byte) value);
                case 2 -> data.putShort((short) value);
                case 4 -> data.putInt((int) value);
                default -> data.putLong(value);
            }
        }
        return new Tensor("y", datatype, new long[] {values.length}, data.flip());
    }

    private static Tensor strings(String... values) {
        ByteBuffer data = little(1000);
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            data.putInt(bytes.length).put(bytes);
        }
        return new Tensor("y", Datatype.BYTES, new long[] {values.length}, data.flip());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
