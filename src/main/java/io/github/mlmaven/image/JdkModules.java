package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of a JDK's modules an application needs. */
final class JdkModules {

    /** What the server's own jars need; found once with {@code jdeps}, without what they only use when it is there. */
    private static final List<String> SERVER =
            List.of("java.base", "java.logging", "java.management", "java.naming", "jdk.unsupported");

    /** What no class names: up to Java 21 the elliptic curves that every TLS server of today asks for. */
    private static final List<String> SERVICES = List.of("jdk.crypto.ec");

    private static final Set<String> SERVER_GROUPS = Set.of(
            "io.github.mlmaven", "io.vertx", "io.netty", "com.fasterxml.jackson.core", "com.microsoft.onnxruntime");

    private JdkModules() {}

    /** The modules that the server, the project's classes and its other jars need, and those the user added. */
    static NavigableSet<String> needed(BaseImage.Jdk base, ImageRequest.Content content, Path workFolder)
            throws ImageException, IOException, InterruptedException {
        NavigableSet<String> modules = new TreeSet<>(SERVER);
        SERVICES.stream()
                .filter(JavaRelease.of(base.javaHome()).moduleNames()::contains)
                .forEach(modules::add);
        modules.addAll(base.additionalModules());
        List<String> command = new ArrayList<>(List.of(
                base.javaHome().resolve("bin").resolve("jdeps").toString(),
                "-quiet",
                "--print-module-deps",
                // Every jar that is not the server's is named; from there on it would also find what Vert.x and Netty
                // use
                // only when it is there, such as the compiler and the flight recorder.
                "--no-recursive",
                "--ignore-missing-deps",
                "--multi-release",
                "base",
                "--class-path",
                content.classPath().stream()
                        .map(a -> a.file().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                content.classes().toString()));
        content.classPath().stream()
                .filter(a -> !SERVER_GROUPS.contains(a.groupId()))
                .forEach(a -> command.add(a.file().toString()));
        Command.Result jdeps = Command.run(command, workFolder.resolve("jdeps.log"));
        if (jdeps.exit() != 0) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    "jdeps could not tell which modules of the JDK the classes need",
                    "exit code 0",
                    "exit code " + jdeps.exit() + ": " + jdeps.summary(),
                    "Remove the dependency it names, or set ml.image.base to an image in a registry."));
        }
        String found = jdeps.output().lines().filter(l -> !l.isBlank()).reduce("", (a, b) -> b);
        Arrays.stream(found.split(",", -1))
                .map(String::trim)
                .filter(m -> !m.isEmpty())
                .forEach(modules::add);
        return modules;
    }
}
