package io.github.mlmaven.image.target;

import java.time.Duration;

/** How to wait between two tries. */
@FunctionalInterface
public interface Pause {
    void of(Duration time) throws InterruptedException;
}
