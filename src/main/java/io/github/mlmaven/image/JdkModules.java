package io.github.mlmaven.image;

import io.github.mlmaven.files.KeptFiles;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Which of a JDK's modules an application needs. */
final class JdkModules {

    /** What the server's own jars need; found once with {@code jdeps}, without what they only use when it is there. */
    private static final List<String> SERVER =
            List.of("java.base", "java.logging", "java.management", "java.naming", "jdk.unsupported");

    /** What no class names: up to Java 21 the elliptic curves that every TLS server of today asks for. */
    private static final List<String> SERVICES = List.of("jdk.crypto.ec");

    private static final Set<String> SERVER_GROUPS = Set.of(
            "io.github.mlmaven", "io.vertx", "io.netty", "com.fasterxml.jackson.core", "com.microsoft.onnxruntime");

    private static final List<String> OPTIONS = List.of(
            "-quiet",
            "--print-module-deps",
            // Every jar that is not the server's is named; from there on it would also find what Vert.x and Netty use
            // only when it is there, such as the compiler and the flight recorder.
            "--no-recursive",
            "--ignore-missing-deps",
            "--multi-release",
            "base");

    private static final int MAX_BYTES = 1 << 16;

    private final BaseImage.Jdk base;
    private final JdkTools tools;
    private final ImageRequest request;

    private JdkModules(BaseImage.Jdk base, JdkTools tools, ImageRequest request) {
        this.base = base;
        this.tools = tools;
        this.request = request;
    }

    /** The modules that the server, the project's classes and its other jars need, and those the user added. */
    static NavigableSet<String> needed(BaseImage.Jdk base, JdkTools tools, ImageRequest request)
            throws ImageException, IOException, InterruptedException {
        NavigableSet<String> modules = new TreeSet<>(SERVER);
        SERVICES.stream()
                .filter(JavaRelease.of(base.source().home()).moduleNames()::contains)
                .forEach(modules::add);
        modules.addAll(base.additionalModules());
        JdkModules found = new JdkModules(base, tools, request);
        List<Path> jars = request.content().classPath().stream()
                .filter(jar -> !SERVER_GROUPS.contains(jar.groupId()))
                .map(RuntimeArtifact::file)
                .toList();
        if (!jars.isEmpty()) {
            modules.addAll(found.of(jars, request.digests().of(jars).values()));
        }
        Path classes = request.content().classes();
        List<Path> files = Folders.files(classes).stream()
                .filter(file -> file.toString().endsWith(".class"))
                .toList();
        // They change with every compilation, and are few: nothing is remembered of their digests.
        modules.addAll(
                found.of(List.of(classes), FileDigests.reading().of(files).values()));
        return modules;
    }

    /**
     * What jars, or classes, need by themselves. Of many jars it takes long to find out, so that it is remembered for all
     * projects, of all of them or of none: what one needs of the JDK, {@code jdeps} tells by what is in the others.
     *
     * @param roots the jars, or the folder of the classes
     * @param contents the digests of all that is looked at
     */
    private SortedSet<String> of(List<Path> roots, Collection<Digest> contents)
            throws ImageException, IOException, InterruptedException {
        String key = key(contents);
        Path memory = request.output().cache().resolve("modules").resolve(key);
        List<String> known = request.output().reuse() ? WholeFile.lines(memory, MAX_BYTES) : List.of();
        if (known.size() > 1 && known.get(0).equals(check(key, known.subList(1, known.size())))) {
            KeptFiles.use(memory);
            return new TreeSet<>(known.subList(1, known.size()));
        }
        SortedSet<String> modules = jdeps(roots);
        WholeFile.write(memory, check(key, modules) + "\n" + String.join("\n", modules) + "\n");
        KeptFiles.sweep(memory.resolveSibling(""), Instant.now());
        return modules;
    }

    /** So that nothing is taken that is not what was found. */
    private static String check(String key, Collection<String> modules) {
        return DigestUtils.sha256Hex(key + "\n" + String.join("\n", modules));
    }

    private String key(Collection<Digest> contents) throws IOException {
        List<Path> classPath = request.content().classPath().stream()
                .map(RuntimeArtifact::file)
                .toList();
        Map<Path, Digest> digests = request.digests().of(classPath);
        StringBuilder text = new StringBuilder(base.identity() + "\n" + OPTIONS);
        contents.stream()
                .map(Digest::hex)
                .sorted()
                .forEach(digest -> text.append("\n").append(digest));
        // The other jars are only looked into for what these need of them.
        classPath.forEach(jar -> text.append("\nclass path ").append(digests.get(jar)));
        return DigestUtils.sha256Hex(text.toString());
    }

    private SortedSet<String> jdeps(List<Path> roots) throws ImageException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tools.jdeps().toString()));
        command.addAll(OPTIONS);
        command.add("--class-path");
        command.add(request.content().classPath().stream()
                .map(jar -> jar.file().toString())
                .collect(Collectors.joining(File.pathSeparator)));
        roots.forEach(root -> command.add(root.toString()));
        Command.Result jdeps =
                Command.run(command, request.output().workFolder().resolve("jdeps.log"));
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
        return Arrays.stream(found.split(",", -1))
                .map(String::trim)
                .filter(module -> !module.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
