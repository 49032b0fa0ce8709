package io.github.mlmaven.serving.metrics;

import io.github.mlmaven.serving.metrics.MetricFamily.Series;
import io.github.mlmaven.serving.metrics.MetricFamily.Value;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The JVM, by the names that Prometheus' client library for Java uses, which dashboards know. */
final class JvmFamilies {

    private static final double MILLIS = 1e3;

    private JvmFamilies() {}

    static List<MetricFamily> collect() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return List.of(
                MetricFamily.info("jvm_runtime", "The Java virtual machine.", runtime()),
                memory("jvm_memory_used_bytes", "Memory in use.", MemoryUsage::getUsed),
                memory("jvm_memory_committed_bytes", "Memory that the JVM has.", MemoryUsage::getCommitted),
                memory("jvm_memory_max_bytes", "Memory that the JVM may have, -1 for no limit.", MemoryUsage::getMax),
                MetricFamily.gauge(
                        "jvm_buffer_pool_used_bytes",
                        "Memory outside the heap that buffers use.",
                        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                                .map(pool -> new Series(
                                        Map.of("pool", pool.getName()), new Value.Scalar(pool.getMemoryUsed())))
                                .toList()),
                new MetricFamily(
                        "jvm_gc_collection_seconds",
                        MetricFamily.Type.SUMMARY,
                        "Garbage collections and the time they took.",
                        ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(gc -> new Series(
                                        Map.of("gc", gc.getName()),
                                        new Value.Total(gc.getCollectionCount(), gc.getCollectionTime() / MILLIS)))
                                .toList()),
                MetricFamily.gauge("jvm_threads_current", "Threads.", threads.getThreadCount()),
                MetricFamily.gauge("jvm_threads_peak", "Most threads at once.", threads.getPeakThreadCount()),
                MetricFamily.gauge(
                        "jvm_classes_currently_loaded",
                        "Classes.",
                        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()));
    }

    private static Map<String, String> runtime() {
        return ModelMetrics.labels(
                "version", System.getProperty("java.runtime.version", "unknown"),
                "vendor", System.getProperty("java.vm.vendor", "unknown"),
                "runtime", System.getProperty("java.runtime.name", "unknown"));
    }

    private static MetricFamily memory(String name, String help, ToLongFunction<MemoryUsage> value) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        return MetricFamily.gauge(
                name,
                help,
                List.of(
                        new Series(Map.of("area", "heap"), new Value.Scalar(value.applyAsLong(heap))),
                        new Series(Map.of("area", "nonheap"), new Value.Scalar(value.applyAsLong(other)))));
    }
}
