package io.github.mlmaven.serving.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

    @Test
    void versionsFollowEachOtherAsMavenOrdersThem() {
        List<String> ordered = List.of(
                "0.9",
                "1.0-alpha-1",
                "1.0-alpha-2",
                "1.0-beta",
                "1.0-rc1",
                "1.0-SNAPSHOT",
                "1.0",
                "1.0.1",
                "1.2",
                "1.10-rc",
                "1.10",
                "1.10.1",
                "2",
                "20250102030405678901234567890");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        shuffled.sort(new VersionOrder());

        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void versionsThatMeanTheSameAreTwoAllTheSame() {
        VersionOrder order = new VersionOrder();
        assertThat(order.compare("1.0", "1.0.0")).isNegative();
        assertThat(order.compare("1.0.0", "1.0")).isPositive();
        assertThat(order.compare("1.0", "1.0")).isZero();
        assertThat(order.compare("", "1")).isNegative();
    }
}
