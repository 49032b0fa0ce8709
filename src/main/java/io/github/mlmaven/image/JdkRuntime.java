package io.github.mlmaven.image;

import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.files.KeptFiles;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** A Java runtime linked from a JDK, kept for later builds. */
final class JdkRuntime {

    private static final String NEXT =
            "Install the whole JDK with its jmods, or set ml.image.base to an image in a registry.";

    // --strip-debug would also call objcopy, which a build machine need not have.
    private static final List<String> OPTIONS =
            List.of("--strip-java-debug-attributes", "--no-header-files", "--no-man-pages");

    private JdkRuntime() {}

    /**
     * Links the modules, or finds what an earlier build linked; the folder holds plain files only.
     *
     * @param tools what links them
     * @param kept the folder of what builds linked
     * @param digests what knows or finds out the digests of its files
     * @param log where the output of jlink is written
     */
    static Path link(
            BaseImage.Jdk base, JdkTools tools, NavigableSet<String> modules, Path kept, FileDigests digests, Path log)
            throws ImageException, IOException, InterruptedException {
        BaseIdentity.Jdk identity = base.identity();
        if (!Files.isExecutable(tools.jlink())) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    tools.bin().getParent() + " (" + identity.version() + ") has no jlink",
                    NEXT);
        }
        // With the options, as another version of the plugin may have linked with others.
        String key = DigestUtils.sha256Hex(identity.modules() + "\n" + identity.platform() + "\n" + identity.version()
                + "\n" + modules + "\n" + OPTIONS);
        Path linked = kept.resolve(key.substring(0, 16));
        RuntimeFiles files = new RuntimeFiles(linked, digests);
        if (files.areAsLinked()) {
            return linked;
        }
        Files.createDirectories(kept);
        // What a killed build left may still be written to, so every build has a folder of its own.
        Path own = Files.createTempDirectory(kept, "part");
        try {
            Path part = own.resolve("runtime");
            link(tools, modules, part, log);
            replaceLinks(part);
            files.takeOver(part);
            KeptFiles.sweep(kept, Instant.now());
        } finally {
            FileTree.delete(own);
        }
        return linked;
    }

    private static void link(JdkTools tools, NavigableSet<String> modules, Path part, Path log)
            throws ImageException, IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(tools.jlink().toString(), "--add-modules", String.join(",", modules)));
        command.addAll(tools.modulePath());
        command.addAll(OPTIONS);
        command.addAll(List.of("--output", part.toString()));
        Command.Result result = Command.run(command, log);
        if (result.exit() != 0) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    "jlink could not link " + String.join(",", modules),
                    "exit code 0",
                    "exit code " + result.exit() + ": " + result.summary(),
                    NEXT));
        }
    }

    /** Licences are linked from module to module; an image layer is simpler with plain files. */
    private static void replaceLinks(Path folder) throws IOException {
        List<Path> links;
        try (Stream<Path> files = Files.walk(folder)) {
            links = files.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Path target = link.toRealPath();
            Files.delete(link);
            Files.copy(target, link);
        }
    }
}
