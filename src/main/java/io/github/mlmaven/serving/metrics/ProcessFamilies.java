package io.github.mlmaven.serving.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The process, by the names that Prometheus' client libraries share; of Linux's /proc what is there. */
final class ProcessFamilies {

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final double KIB = 1024;

    private ProcessFamilies() {}

    static List<MetricFamily> collect() {
        List<MetricFamily> families = new ArrayList<>();
        ProcessHandle.Info info = ProcessHandle.current().info();
        info.startInstant()
                .ifPresent(start -> families.add(MetricFamily.gauge(
                        "process_start_time_seconds",
                        "When the process started, since 1970.",
                        start.toEpochMilli() / MILLIS)));
        info.totalCpuDuration()
                .ifPresent(cpu -> families.add(MetricFamily.counter(
                        "process_cpu_seconds",
                        "Processor time of the process, of user and system.",
                        List.of(new MetricFamily.Series(
                                Map.of(), new MetricFamily.Value.Scalar(cpu.toNanos() / NANOS))))));
        field("/proc/self/status", "VmRSS:", 1)
                .forEach(kib -> families.add(MetricFamily.gauge(
                        "process_resident_memory_bytes", "Memory of the process that is in RAM.", kib * KIB)));
        field("/proc/self/status", "VmSize:", 1)
                .forEach(kib -> families.add(MetricFamily.gauge(
                        "process_virtual_memory_bytes", "Address space of the process.", kib * KIB)));
        field("/proc/self/limits", "Max open files", 3)
                .forEach(max ->
                        families.add(MetricFamily.gauge("process_max_fds", "File descriptors that it may open.", max)));
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            families.add(MetricFamily.gauge(
                    "process_open_fds", "File descriptors that it has open.", (double) open.count()));
        } catch (IOException e) {
            // Not Linux.
        }
        return families;
    }

    /** A number in the line of a file that starts so, or nothing. */
    private static List<Double> field(String file, String start, int index) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.split("\\s+", -1)[index])
                    .map(Double::valueOf)
                    .limit(1)
                    .toList();
        } catch (IOException | NumberFormatException e) {
            return List.of();
        }
    }
}
