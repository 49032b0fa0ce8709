package io.github.mlmaven.embed.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:00:00Z, 2026-11-23",
        "2026-11-23T23:30:00-02:00, 2026-11-24",
        "1770000000, 2026-02-02",
        "0, 1980-02-01",
        "1979-01-01T00:00:00Z, 1980-02-01",
        "'', 1980-02-01",
        "x, 1980-02-01",
        ", 1980-02-01"
    })
    void theDayCounts(String text, LocalDate day) {
        assertThat(EntryTime.parse(text).day()).isEqualTo(day);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> EntryTime.parse("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("project.build.outputTimestamp: expected a time such as 2026-01-31T12:00:00Z, or seconds"
                        + " since 1970, found \"yesterday\". Correct it.");
    }
}
