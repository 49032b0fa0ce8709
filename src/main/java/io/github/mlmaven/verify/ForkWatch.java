package io.github.mlmaven.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Waits for a forked JVM within bounds of time and memory. The engine allocates outside the heap, so that {@code -Xmx}
 * does not bound it; its resident memory is read from {@code /proc/PID/status} (proc(5)), which only Linux has.
 */
public final class ForkWatch {

    /** How the waiting ended. */
    public enum Ending {
        /** By itself. */
        EXITED,
        /** Ended by force: it took too long. */
        TOO_SLOW,
        /** Ended by force: it took too much memory. */
        TOO_LARGE
    }

    private static final long LOOK_MILLIS = 50;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private ForkWatch() {}

    /** Waits; afterwards the process and whatever it started have ended in any case. */
    public static Ending await(Process process, Duration timeout, int memoryMegabytes) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - begin > timeout.toNanos()) {
                    return Ending.TOO_SLOW;
                }
                if (residentKilobytes(process) > memoryMegabytes * 1024L) {
                    return Ending.TOO_LARGE;
                }
            }
            return Ending.EXITED;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    private static long residentKilobytes(Process process) {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return resident.find() ? Long.parseLong(resident.group(1)) : 0;
        } catch (IOException e) {
            // Not Linux, or it has just ended: nothing to bound.
            return 0;
        }
    }
}
