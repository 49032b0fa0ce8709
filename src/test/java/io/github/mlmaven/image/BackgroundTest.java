package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackgroundTest {

    @Test
    void goesOnBesideWhatStartedIt() throws Exception {
        CountDownLatch here = new CountDownLatch(1);
        try (Background<String> work = Background.start("test", () -> {
            here.await();
            return "done";
        })) {
            here.countDown();
            assertThat(work.result()).isEqualTo("done");
        }
    }

    static List<Exception> failures() {
        return List.of(
                new ImageException(FindingId.IMAGE_BASE, "jdk", "what", "next"),
                new IOException("disk"),
                new InterruptedException("stop"),
                new IllegalArgumentException("no"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatWentWrongIsThrownAsItWas(Exception failure) {
        try (Background<String> work = Background.start("test", () -> {
            if (failure instanceof ImageException known) {
                throw known;
            } else if (failure instanceof IOException io) {
                throw io;
            } else if (failure instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw (RuntimeException) failure;
        })) {
            assertThatThrownBy(work::result).isSameAs(failure);
        }
    }

    @Test
    void endsWhenItIsClosed() {
        AtomicBoolean ended = new AtomicBoolean();
        Background<String> work = Background.start("test", () -> {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } finally {
                ended.set(true);
            }
            return "never";
        });
        work.close();
        assertThat(ended).isTrue();
    }
}
