package io.github.mlmaven.serving.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.Tensors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchedInputsTest {

    @Test
    void rowsAreRepeatedInTurn() throws Exception {
        Tensor two = Tensors.fp32("x", new long[] {2, 2}, 1, 2, 3, 4);

        Tensor five = BatchedInputs.of(List.of(two), List.of(spec("x", Datatype.FP32, -1, 2)), 5)
                .get(0);

        assertThat(five.shape()).containsExactly(5, 2);
        assertThat(Tensors.bytes(five))
                .isEqualTo(Tensors.bytes(Tensors.fp32("x", new long[] {5, 2}, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2)));
    }

    @Test
    void rowsBeyondTheBatchAreLeftOut() throws Exception {
        Tensor three = Tensors.fp32("x", new long[] {3}, 1, 2, 3);

        Tensor one = BatchedInputs.of(List.of(three), List.of(spec("x", Datatype.FP32, -1)), 1)
                .get(0);

        assertThat(Tensors.bytes(one)).isEqualTo(Tensors.bytes(Tensors.fp32("x", new long[] {1}, 1)));
    }

    @Test
    void rowsOfStringsKeepTheirLengths() throws Exception {
        Tensor two = Tensors.strings("x", new long[] {2, 2}, "a", "bcd", "", "ef");

        Tensor three = BatchedInputs.of(List.of(two), List.of(spec("x", Datatype.BYTES, -1, 2)), 3)
                .get(0);

        assertThat(Tensors.strings(three)).containsExactly("a", "bcd", "", "ef", "a", "bcd");
    }

    @Test
    void aScalarAndABatchThatFitsStayAsTheyAre() throws Exception {
        Tensor scalar = Tensors.fp32("s", new long[] {}, 1);
        Tensor fixed = Tensors.fp32("f", new long[] {4}, 1, 2, 3, 4);

        assertThat(BatchedInputs.of(
                        List.of(scalar, fixed), List.of(spec("s", Datatype.FP32), spec("f", Datatype.FP32, 4)), 4))
                .containsExactly(scalar, fixed);
    }

    @Test
    void aFixedFirstDimensionIsTold() {
        Tensor one = Tensors.fp32("x", new long[] {1, 2}, 1, 2);

        assertThatThrownBy(() -> BatchedInputs.of(List.of(one), List.of(spec("x", Datatype.FP32, 1, 2)), 8))
                .hasMessage("input x FP32[1,2] has a fixed first dimension, so that a batch of 8 cannot be run");
    }

    @Test
    void noRowsAndTooManyBytesAreTold() {
        Tensor none = Tensors.fp32("x", new long[] {0, 2});
        Tensor one = Tensors.fp32("x", new long[] {1, 2}, 1, 2);
        List<TensorSpec> specs = List.of(spec("x", Datatype.FP32, -1, 2));

        assertThatThrownBy(() -> BatchedInputs.of(List.of(none), specs, 8))
                .hasMessage("input x has no rows that could be repeated");
        assertThatThrownBy(() -> BatchedInputs.of(List.of(one), specs, Integer.MAX_VALUE))
                .hasMessage("a batch of 2147483647 rows of input x takes 17179869176 bytes");
    }

    private static TensorSpec spec(String name, Datatype datatype, long... dimensions) {
        return new TensorSpec(
                name,
                datatype,
                new Shape(Arrays.stream(dimensions)
                        .mapToObj(
                                size -> size < 0 ? new Dimension.Symbolic("N") : (Dimension) new Dimension.Fixed(size))
                        .toList()));
    }
}
