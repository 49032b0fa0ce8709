package io.github.mlmaven.verify.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.mlmaven.model.exchange.Measurement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyResultTest {

    @Test
    void percentilesAreThoseOfTheSamplesToFourDigits() {
        List<Long> samples =
                LongStream.rangeClosed(1, 10_000).map(i -> i * 1_000).boxed().toList();

        LatencyResult result = LatencyResult.of(samples, 8, 2);

        assertThat(result.samples()).isEqualTo(10_000);
        assertThat((double) result.at(Percentile.P50)).isCloseTo(5_000_000, within(500.0));
        assertThat((double) result.at(Percentile.P90)).isCloseTo(9_000_000, within(900.0));
        assertThat((double) result.at(Percentile.P99)).isCloseTo(9_900_000, within(990.0));
        assertThat((double) result.at(Percentile.P999)).isCloseTo(9_990_000, within(999.0));
        assertThat((double) result.at(Percentile.MAX)).isCloseTo(10_000_000, within(1_000.0));
        assertThat(result.counted()).isEqualTo("10,000 samples, batch 8, 2 threads");
    }

    @Test
    void noTimeIsToldLongerThanItWas() {
        for (long nanos : new long[] {1, 2_047, 2_049, 5_000_000, 5_000_001, 123_456_789_012L}) {
            assertThat(LatencyResult.of(List.of(nanos), 0, 1).at(Percentile.MAX))
                    .isLessThanOrEqualTo(nanos)
                    .isGreaterThan(nanos - 1 - nanos / 5_000);
        }
    }

    @Test
    void theBucketsHoldEverySampleAndGrow() {
        List<Long> samples =
                LongStream.range(0, 1_000).map(i -> 10_000 + i * i).boxed().toList();

        LatencyResult result = LatencyResult.of(samples, 0, 1);

        assertThat(result.buckets()).hasSizeBetween(8, 16);
        assertThat(result.buckets().stream()
                        .mapToLong(LatencyResult.Bucket::count)
                        .sum())
                .isEqualTo(1_000);
        assertThat(result.buckets())
                .extracting(LatencyResult.Bucket::upTo)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aLoneSampleIsEveryPercentileAndOneBucket() {
        LatencyResult result = LatencyResult.of(List.of(1_000L), 0, 1);

        assertThat(result.figure()).isEqualTo("p50 1 µs, p99 1 µs, max 1 µs, 1 sample");
        assertThat(result.buckets()).hasSize(1);
    }

    @Test
    void whatAHostileForkSaysIsCountedWithoutMuchMemory() {
        LatencyResult result = LatencyResult.of(List.of(-5L, 0L, Long.MIN_VALUE, Long.MAX_VALUE), 0, 1);

        assertThat(result.samples()).isEqualTo(4);
        assertThat(result.buckets()).hasSizeLessThan(20);
    }

    @Test
    void withoutABudgetABuildLosesAtMostFourTenthsOfASecond() {
        assertThat(LatencyRules.NONE.measurement(Duration.ofSeconds(120)))
                .contains(new Measurement(0, 1, 1_000, Duration.ofMillis(400), false));
        assertThat(new LatencyRules(Map.of(), 0, 1, false, true).measurement(Duration.ofSeconds(120)))
                .isEmpty();
    }

    @Test
    void aBudgetGetsSoManySamplesThatTenLieBeyondItsPercentile() {
        assertThat(measurement(Percentile.P50)).isEqualTo(new Measurement(4, 2, 1_000, Duration.ofSeconds(10), true));
        assertThat(measurement(Percentile.P99).samples()).isEqualTo(1_000);
        assertThat(measurement(Percentile.P999).samples()).isEqualTo(10_000);
    }

    @Test
    void measuringEndsWellBeforeTheForkIs() {
        LatencyRules rules = new LatencyRules(Map.of(Percentile.P99, Duration.ofMillis(5)), 0, 1, false, false);

        assertThat(rules.measurement(Duration.ofSeconds(4)).orElseThrow().limit())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new LatencyRules(Map.of(), 0, 0, false, false))
                .hasMessage("expected 1 to 256 threads, found 0");
        assertThatThrownBy(() -> new LatencyRules(Map.of(), 0, 257, false, false))
                .hasMessage("expected 1 to 256 threads, found 257");
        assertThatThrownBy(() -> new LatencyRules(Map.of(Percentile.P99, Duration.ZERO), 0, 1, false, false))
                .hasMessage("expected a time above zero, found p99=PT0S");
        assertThat(new LatencyRules(Collections.emptyMap(), 0, 1, false, false)).isEqualTo(LatencyRules.NONE);
    }

    private static Measurement measurement(Percentile percentile) {
        return new LatencyRules(Map.of(percentile, Duration.ofMillis(5)), 4, 2, false, false)
                .measurement(Duration.ofSeconds(120))
                .orElseThrow();
    }
}
