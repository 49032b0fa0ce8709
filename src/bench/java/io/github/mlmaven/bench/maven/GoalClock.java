package io.github.mlmaven.bench.maven;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.eventspy.EventSpy;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.plugin.MojoExecution;

/**
 * Runs inside Maven: writes a line {@code GOAL NANOSECONDS BYTES CPU-NANOSECONDS} for each goal that succeeds, from Maven's own event
 * before it to that after it, to the file that the property {@value #FILE} names. The bytes are what the process asked
 * the system to read meanwhile, in files and by programs that it waited for; the processor time is that of all of its
 * threads, and not of other programs. Uses nothing else of this project.
 */
public final class GoalClock implements EventSpy {

    static final String FILE = "bench.clock";

    private static final Path IO = Path.of("/proc/self/io");
    private static final String READ = "rchar: ";

    private record Start(long nanos, long bytes, long cpu) {}

    private final Map<MojoExecution, Start> starts = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private Path file = Path.of("goals.txt");

    @Override
    public void init(Context context) {
        file = Path.of(((Properties) context.getData().get("userProperties")).getProperty(FILE));
    }

    @Override
    public void onEvent(Object event) throws IOException {
        if (!(event instanceof ExecutionEvent execution)) {
            return;
        }
        switch (execution.getType()) {
            case MojoStarted -> starts.put(execution.getMojoExecution(), new Start(System.nanoTime(), bytes(), cpu()));
            case MojoSucceeded -> {
                long now = System.nanoTime();
                MojoExecution goal = execution.getMojoExecution();
                Start start = starts.remove(goal);
                lines.add(String.join(
                        " ",
                        goal.getArtifactId() + ":" + goal.getGoal(),
                        String.valueOf(now - start.nanos),
                        String.valueOf(bytes() - start.bytes),
                        String.valueOf(cpu() - start.cpu)));
            }
            case SessionEnded -> Files.write(file, lines);
            default -> {}
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long bytes() throws IOException {
        return Files.readAllLines(IO).stream()
                .filter(line -> line.startsWith(READ))
                .mapToLong(line -> Long.parseLong(line.substring(READ.length())))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {}
}
