package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

    private final List<Duration> waits = new ArrayList<>();
    private final Attempts attempts =
            new Attempts(line -> {}, waits::add, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "30 | 30",
                "61 | 60",
                "99999999999999 | 9",
                "soon | 9",
                "Thu, 01 Jan 2026 00:00:20 GMT | 20",
                "Thu, 01 Jan 2026 01:00:00 GMT | 60",
                "Wed, 31 Dec 2025 00:00:00 GMT | 0",
                " | 9",
            })
    void theRegistrySaysHowLongToWait(@Nullable String retryAfter, int seconds) {
        assertThat(attempts.asked(retryAfter, Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void whoIsNotThereIsNotTriedAgain() {
        assertThatThrownBy(() -> attempts.run("x", () -> {
                    throw new ConnectException("refused");
                }))
                .isInstanceOf(ConnectException.class);
        assertThat(waits).isEmpty();
    }
}
