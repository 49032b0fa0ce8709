package io.github.mlmaven.serving.engine.bench;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.MergeProbe;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Rows per second of the engine's calls, each as a ratio to one row copied on one thread, and its memory over a million
 * runs. The cases take turns, so that what else the machine does meets them all; medians. Arguments: {@code [ROUNDS]}.
 */
public final class EngineBench {

    private static final long SLICE = 100_000_000;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private interface Once {
        void run() throws EngineException;
    }

    private record Case(String name, int threads, int rows, Once once) {}

    private record Measured(double rowsPerSecond, double nanosPerRow) {}

    private EngineBench() {}

    /** Runs it from the project's folder. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        for (String name : List.of("breast-cancer-lgbm", "digits-cnn")) {
            Path folder = Path.of("src/test/models").resolve(name);
            List<Tensor> request = GoldenFiles.read(folder.resolve("test_data_set_0"), "input");
            try (LoadedModel model =
                    new OnnxRuntimeEngine().load(folder.resolve("model.onnx"), EngineOptions.DEFAULT)) {
                System.out.println(name + ": " + MergeProbe.probe(model, request, 64, Duration.ofMillis(100)));
                compare(model, request, rounds);
            }
            soak(folder.resolve("model.onnx"), request);
        }
    }

    private static void compare(LoadedModel model, List<Tensor> request, int rounds) throws Exception {
        List<String> outputs =
                model.contract().outputs().stream().map(TensorSpec::name).toList();
        List<Case> cases = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            cases.add(new Case("copied", threads, 1, () -> model.run(request, outputs)));
            for (int rows : new int[] {1, 8, 32, 64}) {
                List<List<Tensor>> requests = Collections.nCopies(rows, request);
                cases.add(new Case("merged", threads, rows, () -> model.runMerged(requests, outputs)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<List<Measured>> measured = new ArrayList<>();
        cases.forEach(one -> measured.add(new ArrayList<>()));
        for (int round = 0; round < rounds + 3; round++) {
            for (int i = 0; i < cases.size(); i++) {
                Measured one = measure(threads, cases.get(i));
                if (round >= 3) {
                    measured.get(i).add(one);
                }
            }
        }
        threads.shutdown();
        double base = median(
                measured.get(0).stream().mapToDouble(Measured::rowsPerSecond).toArray());
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            double rate = median(measured.get(i).stream()
                    .mapToDouble(Measured::rowsPerSecond)
                    .toArray());
            System.out.printf(
                    "  %-6s %2d rows, %d thread(s) %,12.0f rows/s %6.2f x, CPU per row %,8.0f ns%n",
                    one.name(),
                    one.rows(),
                    one.threads(),
                    rate,
                    rate / base,
                    median(measured.get(i).stream()
                            .mapToDouble(Measured::nanosPerRow)
                            .toArray()));
        }
    }

    private static Measured measure(ExecutorService threads, Case one) throws Exception {
        List<Future<Measured>> runs = new ArrayList<>();
        for (int i = 0; i < one.threads(); i++) {
            runs.add(threads.submit((Callable<Measured>) () -> {
                long start = System.nanoTime();
                long cpu = CPU.getCurrentThreadCpuTime();
                long rows = 0;
                while (System.nanoTime() - start < SLICE) {
                    one.once().run();
                    rows += one.rows();
                }
                double spent = CPU.getCurrentThreadCpuTime() - cpu;
                return new Measured(rows * 1e9 / (System.nanoTime() - start), spent / rows);
            }));
        }
        double rate = 0;
        double nanos = 0;
        for (Future<Measured> run : runs) {
            rate += run.get().rowsPerSecond();
            nanos += run.get().nanosPerRow() / one.threads();
        }
        return new Measured(rate, nanos);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** A million runs of changing sizes, and a hundred loads, should leave the resident memory where it was. */
    private static void soak(Path file, List<Tensor> request) throws Exception {
        List<Long> resident = new ArrayList<>();
        try (LoadedModel model = new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT)) {
            List<String> outputs =
                    model.contract().outputs().stream().map(TensorSpec::name).toList();
            for (int run = 0; run <= 1_000_000; run++) {
                int rows = run % 1000 == 0 ? 1 + run / 1000 % 200 : 1;
                model.runMerged(Collections.nCopies(rows, request), outputs);
                if (run % 200_000 == 0) {
                    resident.add(residentKilobytes());
                }
            }
        }
        System.out.println("  VmRSS in kB, every 200,000 runs: " + resident);
        resident.clear();
        for (int load = 0; load <= 100; load++) {
            try (LoadedModel model = new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT)) {
                model.run(request, List.of(model.contract().outputs().get(0).name()));
            }
            if (load % 20 == 0) {
                resident.add(residentKilobytes());
            }
        }
        System.out.println("  VmRSS in kB, every 20 loads: " + resident);
    }

    private static long residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElse(0);
    }
}
