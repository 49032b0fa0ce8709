package io.github.mlmaven.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The plain loop, in a JVM of its own so that nothing else is compiled into it. */
final class LoopProcess {

    static final String READY = "ready";

    private LoopProcess() {}

    /** One turn. */
    private interface Turn {
        void run() throws Exception;
    }

    /** Arguments: loop, threads, model, request, and where to write the reply. */
    public static void main(String[] args) throws Exception {
        InProcess.Loop loop = InProcess.Loop.valueOf(args[0]);
        int threads = Integer.parseInt(args[1]);
        byte[] request = Files.readAllBytes(Path.of(args[3]));
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Turns> opened = new ArrayList<>();
        boolean isBound = loop == InProcess.Loop.BOUND_JSON || loop == InProcess.Loop.BOUND_RUN;
        Path onnx = Path.of(args[2]);
        try (PlainModel plain = isBound ? null : new PlainModel(onnx);
                BoundModel bound = isBound ? new BoundModel(onnx) : null) {
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Turns own = isBound ? new BoundTurns(bound, request) : new PlainTurns(plain, request);
                opened.add(own);
                turns.add(loop == InProcess.Loop.JSON || loop == InProcess.Loop.BOUND_JSON ? own::json : own::run);
            }
            ByteBuffer reply = opened.get(threads - 1).json();
            byte[] bytes = new byte[reply.remaining()];
            reply.get(bytes);
            Files.write(Path.of(args[4]), bytes);
            System.out.println(READY);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(round(pool, turns, Integer.parseInt(line) * 1_000_000_000L));
            }
            opened.forEach(Turns::close);
        } finally {
            pool.shutdownNow();
        }
    }

    /** {@code TURNS SECONDS P50_MICROS P99_MICROS}. */
    private static String round(ExecutorService pool, List<Turn> turns, long nanos) throws Exception {
        long start = System.nanoTime();
        List<Future<long[]>> loops = new ArrayList<>();
        for (Turn turn : turns) {
            loops.add(pool.submit(() -> loop(turn, start + nanos)));
        }
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> done : loops) {
            times.add(done.get());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] micros = times.stream()
                .flatMapToLong(Arrays::stream)
                .mapToDouble(t -> t / 1e3)
                .sorted()
                .toArray();
        return micros.length + " " + seconds + " " + Percentiles.of(micros, 50) + " " + Percentiles.of(micros, 99);
    }

    /** The time of each turn. */
    private static long[] loop(Turn turn, long end) throws Exception {
        long[] times = new long[1 << 16];
        int count = 0;
        for (long now = System.nanoTime(); now < end; count++) {
            turn.run();
            long after = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, count * 2);
            }
            times[count] = after - now;
            now = after;
        }
        return Arrays.copyOf(times, count);
    }
}
