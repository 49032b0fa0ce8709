package io.github.mlmaven.mojo.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Another machine, as far as a process can be made to believe it: time zone, language and umask are not this one's.
 *
 * @param zone the time zone
 * @param language the language and country
 */
record Elsewhere(String zone, Locale language) {

    private static final String KATHMANDU = "Asia/Kathmandu";
    private static final Path SHELL = Path.of("/bin/sh");

    /** Somewhere other than here. */
    static Elsewhere than(ZoneId here, Locale spoken) {
        // Not one whose letters are others: programs that fail there do not fail for want of reproducibility.
        return new Elsewhere(
                here.getId().equals(KATHMANDU) ? "America/St_Johns" : KATHMANDU,
                spoken.getLanguage().equals("de") ? Locale.FRANCE : Locale.GERMANY);
    }

    Map<String, String> environment() {
        return Map.of("TZ", zone, "LC_ALL", "C.UTF-8");
    }

    /** For a JVM, which takes neither from the environment on every system. */
    List<String> javaOptions() {
        return List.of(
                "-Duser.timezone=" + zone,
                "-Duser.language=" + language.getLanguage(),
                "-Duser.country=" + language.getCountry());
    }

    /**
     * The command with another umask, where there is such a thing.
     *
     * @param command the command
     * @param probe a file that was made with the umask of this process
     */
    List<String> command(List<String> command, Path probe) throws IOException {
        if (!Files.isExecutable(SHELL)
                || !probe.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return command;
        }
        boolean open = Files.getPosixFilePermissions(probe).contains(PosixFilePermission.OTHERS_READ);
        List<String> wrapped = new ArrayList<>(
                List.of(SHELL.toString(), "-c", "umask " + (open ? "027" : "022") + " && exec \"$@\"", "sh"));
        wrapped.addAll(command);
        return wrapped;
    }
}
