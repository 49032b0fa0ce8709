package io.github.mlmaven.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InferencePoolTest {

    @Test
    void aFullQueueRefusesAndWhatWasAcceptedRuns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        try (InferencePool pool = new InferencePool(1, 1)) {
            assertThat(pool.offer(() -> {
                        started.countDown();
                        awaitQuietly(release);
                    }))
                    .isTrue();
            started.await();
            assertThat(pool.offer(ran::countDown)).isTrue();
            assertThat(pool.offer(() -> {})).isFalse();
            release.countDown();
        }
        assertThat(ran.getCount()).isZero();
    }

    @Test
    void readinessOnlyGoesForward() {
        Readiness readiness = new Readiness();
        assertThat(readiness.advance(Readiness.State.DRAINING)).isTrue();
        assertThat(readiness.advance(Readiness.State.READY)).isFalse();
        assertThat(readiness.state()).isEqualTo(Readiness.State.DRAINING);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
