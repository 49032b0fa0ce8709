package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1000, 'ml.verify.heap: expected a positive number of MiB, found 0'",
        "-1, 1, 1000, 'ml.verify.heap: expected a positive number of MiB, found -1'",
        "1, 0, 1000, 'ml.verify.memory: expected a positive number of MiB, found 0'",
        "1, -2147483648, 1000, 'ml.verify.memory: expected a positive number of MiB, found -2147483648'",
        "1, 1, 0, 'ml.verify.timeout: expected a positive number of seconds, found 0'",
        "1, 1, -5000, 'ml.verify.timeout: expected a positive number of seconds, found -5'"
    })
    void whatIsNotPositiveIsRefusedByTheParametersName(int heap, int memory, long milliseconds, String message) {
        assertThatThrownBy(() -> settings(heap, memory, Duration.ofMillis(milliseconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theSmallestPositiveValuesAreTaken() {
        assertThat(settings(1, 1, Duration.ofMillis(1)).timeout()).isEqualTo(Duration.ofMillis(1));
    }

    private static ForkSettings settings(int heap, int memory, Duration timeout) {
        return new ForkSettings(Path.of("java"), List.of(), heap, memory, timeout, Path.of("fork"));
    }
}
