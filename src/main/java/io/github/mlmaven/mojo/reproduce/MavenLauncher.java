package io.github.mlmaven.mojo.reproduce;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the Maven that runs was started: by {@code java} on its own launcher. Its script is passed by, because it would show
 * its arguments to everybody, and quotes them in another way on every system.
 *
 * @param java the JVM
 * @param home the folder of Maven
 * @param options what the JVM was started with
 */
record MavenLauncher(Path java, Path home, List<String> options) {

    private static final String MAIN = "org.codehaus.plexus.classworlds.launcher.Launcher";

    /** What belongs to one process only: its debugger, its ports, and where it was started. */
    private static final List<String> ITS_OWN = List.of(
            "-agentlib:",
            "-agentpath:",
            "-javaagent:",
            "-Xdebug",
            "-Xrunjdwp",
            "-Dcom.sun.management.",
            "-Dmaven.multiModuleProjectDirectory=");

    MavenLauncher {
        options = List.copyOf(options);
    }

    static MavenLauncher current() throws IOException {
        String home = System.getProperty("maven.home");
        if (home == null) {
            throw new IOException("a second build needs the folder of the Maven that runs; expected it in the property"
                    + " maven.home, found none. Start Maven by its own command");
        }
        return new MavenLauncher(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of(home),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /**
     * The arguments of {@code java} for another Maven like this one.
     *
     * @param place what is to be different, unless this Maven's own options say it
     * @param top the root of the build
     * @param arguments of Maven
     */
    List<String> arguments(Elsewhere place, Path top, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(place.javaOptions());
        options.stream()
                .filter(option -> ITS_OWN.stream().noneMatch(option::startsWith))
                .forEach(all::add);
        all.addAll(List.of(
                "-classpath",
                launcher().toString(),
                "-Dclassworlds.conf=" + home.resolve("bin").resolve("m2.conf"),
                "-Dmaven.home=" + home,
                "-Dmaven.multiModuleProjectDirectory=" + top,
                MAIN));
        all.addAll(arguments);
        return all;
    }

    private Path launcher() throws IOException {
        Path boot = home.resolve("boot");
        if (Files.isDirectory(boot)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(boot, "plexus-classworlds*.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            }
        }
        throw new IOException("a second build needs the launcher of the Maven that runs; expected"
                + " plexus-classworlds*.jar in " + boot + ", found none. Start Maven by its own command");
    }
}
