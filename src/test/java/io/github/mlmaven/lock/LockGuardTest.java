package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that change one lock at the same time, and builds that are killed while they do. */
class LockGuardTest {

    private static final int KILLS = 20;

    @TempDir
    Path folder;

    private LockFile file;

    @BeforeEach
    void placeTheLock() {
        file = new LockFile(folder.resolve("ml.lock"), "ml.lock", folder.resolve("guards"));
    }

    @Test
    @Timeout(60)
    void threadsThatFindNoLockMakeExactlyOne() throws Exception {
        int builds = 8;
        ExecutorService threads = Executors.newFixedThreadPool(builds);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<LockOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < builds; i++) {
                Callable<LockOutcome> build = () -> {
                    start.await();
                    return Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.BUILD, false);
                };
                outcomes.add(threads.submit(build));
            }
            start.countDown();
            int created = 0;
            for (Future<LockOutcome> outcome : outcomes) {
                created += outcome.get() instanceof LockOutcome.Created ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
            assertThat(file.path()).hasBinaryContent(LockCodec.write(Locks.LOCK));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(120)
    void processesThatAreKilledLeaveTheOldLockOrTheNewOne() throws Exception {
        Random random = new Random(11);
        file.write(Writer.lock(0));
        for (int i = 0; i < KILLS; i++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(writer.getInputStream().read()).isEqualTo('.');
            Thread.sleep(random.nextInt(40));
            writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

            assertThat(file.read()).isPresent();
        }
        // The next build is not held up, and clears away what the killed ones left.
        assertThat(Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.ACCEPT, false))
                .isInstanceOf(LockOutcome.Updated.class);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file.path(), folder.resolve("guards"));
        }
    }

    /** Accepts one lock after the other until it is killed. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            LockFile file = new LockFile(folder.resolve("ml.lock"), "ml.lock", folder.resolve("guards"));
            System.out.print('.');
            System.out.flush();
            for (int i = 1; ; i++) {
                Locking.settle(FoundLock.of(lock(i)), file, LockMode.ACCEPT, false);
            }
        }

        static Lock lock(int number) {
            return Locks.random(new Random(number));
        }
    }
}
