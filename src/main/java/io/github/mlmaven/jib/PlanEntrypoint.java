package io.github.mlmaven.jib;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.Entrypoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command that a container runs: Jib's, with the options and the class of the server. */
final class PlanEntrypoint {

    private static final String CLASS_PATH = "-cp";

    private PlanEntrypoint() {}

    /**
     * Jib's own is {@code java [FLAGS] -cp CLASSPATH MAIN}.
     *
     * @param planned what Jib would run; null or empty where it is left to the base image
     */
    static List<String> of(@Nullable List<String> planned, String mainClass) throws PlanException {
        int size = planned == null ? 0 : planned.size();
        if (planned == null
                || size < 4
                || !planned.get(0).equals("java")
                || !planned.get(size - 3).equals(CLASS_PATH)) {
            throw new PlanException(Finding.of(
                    FindingId.IMAGE_JIB,
                    "<container><entrypoint>",
                    "the image would not start the server",
                    "the entrypoint that Jib itself makes: java … -cp CLASSPATH MAIN",
                    size == 0 ? "none" : String.join(" ", planned),
                    "Remove <entrypoint> from Jib's configuration; options of Java go into <jvmFlags>."));
        }
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(Entrypoint.optionsInImage());
        // Of an option that is given twice, Java takes the last.
        command.addAll(planned.subList(1, size - 1));
        command.add(mainClass);
        return command;
    }
}
