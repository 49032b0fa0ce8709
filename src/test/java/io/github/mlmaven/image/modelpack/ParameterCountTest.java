package io.github.mlmaven.image.modelpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCountTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "999, 999",
        "1000, 1k",
        "1234, 1.23k",
        "62006, 62k",
        "999999, 1m",
        "22713216, 22.7m",
        "8030261248, 8.03b",
        "1000000000000, 1t",
        "9223372036854775807, 9220000t",
    })
    void hasThreeDigits(long parameters, String text) {
        assertThat(ParameterCount.of(parameters)).isEqualTo(text);
    }
}
