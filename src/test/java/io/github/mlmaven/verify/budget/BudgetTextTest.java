package io.github.mlmaven.verify.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTextTest {

    @ParameterizedTest
    @CsvSource({
        "5ms, 5000000, 5 ms",
        "250us, 250000, 250 µs",
        "250µs, 250000, 250 µs",
        "1.5s, 1500000000, 1.5 s",
        "0.25 ms, 250000, 250 µs",
        "999ns, 999, 999 ns",
        "1500us, 1500000, 1.5 ms",
        "999999999s, 999999999000000000, 999999999 s"
    })
    void aTimeHasANumberAndAUnit(String text, long nanos, String exactly) {
        assertThat(TimeText.parse(text).toNanos()).isEqualTo(nanos);
        assertThat(TimeText.exactly(Duration.ofNanos(nanos))).isEqualTo(exactly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-5ms", "5m", "5 minutes", "1e3ms", "0ms", "0.1ns", "5,5ms", "9999999999s"})
    void anythingElseIsNoTime(String text) {
        assertThatThrownBy(() -> TimeText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a time such as 5ms, 250us or 1.5s, found \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7 ns",
        "999, 999 ns",
        "41234, 41.2 µs",
        "999999, 1 ms",
        "1234567, 1.23 ms",
        "999999999, 1 s",
        "61234567890, 61.2 s",
        "100000, 100 µs"
    })
    void aMeasuredTimeHasThreeDigits(long nanos, String text) {
        assertThat(TimeText.of(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "64MB, 64000000, '64,000,000 bytes (61.0 MiB)'",
        "64MiB, 67108864, '67,108,864 bytes (64.0 MiB)'",
        "1.5 GiB, 1610612736, '1,610,612,736 bytes (1.5 GiB)'",
        "12, 12, 12 bytes",
        "12B, 12, 12 bytes",
        "2kB, 2000, '2,000 bytes (2.0 KiB)'",
        "2KB, 2000, '2,000 bytes (2.0 KiB)'",
        "2KiB, 2048, '2,048 bytes (2.0 KiB)'"
    })
    void aSizeHasANumberAndPerhapsAUnit(String text, long bytes, String shown) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1MB", "64M", "64 mb", "0", "0.5", "1e3", "999999999999999999GB", "1,000"})
    void anythingElseIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a size such as 64MB, 64MiB or a number of bytes, found \"" + text + "\"");
    }
}
