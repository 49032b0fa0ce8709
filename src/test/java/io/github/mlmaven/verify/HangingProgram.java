package io.github.mlmaven.verify;

import java.util.concurrent.CountDownLatch;

/** Stands for native code that never comes back. */
final class HangingProgram {

    private HangingProgram() {}

    public static void main(String[] args) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
