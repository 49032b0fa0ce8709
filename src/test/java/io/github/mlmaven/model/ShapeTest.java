package io.github.mlmaven.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private final Shape shape = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(28)));

    @Test
    void aSymbolicDimensionAcceptsAnySize() {
        assertThat(shape.accepts(new long[] {0, 28})).isTrue();
        assertThat(shape.accepts(new long[] {7, 28})).isTrue();
    }

    @Test
    void aFixedDimensionAcceptsOnlyItsSize() {
        assertThat(shape.accepts(new long[] {1, 27})).isFalse();
        assertThat(shape.accepts(new long[] {28})).isFalse();
        assertThat(shape.accepts(new long[] {-1, 28})).isFalse();
    }

    @Test
    void itPrintsNamesOfSymbolicDimensions() {
        assertThat(shape).hasToString("[N,28]");
        assertThat(new Shape(List.of(new Dimension.Symbolic("")))).hasToString("[?]");
        assertThat(new Shape(List.of())).hasToString("[]");
        assertThat(shape.wire()).containsExactly(-1, 28);
    }
}
