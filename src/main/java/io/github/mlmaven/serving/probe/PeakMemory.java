package io.github.mlmaven.serving.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most resident memory that this process has had: {@code VmHWM} of proc(5), which only Linux has. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {}

    static OptionalLong bytes() {
        try {
            Matcher peak = HIGH_WATER.matcher(Files.readString(STATUS));
            return peak.find() ? OptionalLong.of(Long.parseLong(peak.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            // Not Linux.
            return OptionalLong.empty();
        }
    }
}
