package io.github.mlmaven.image;

import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.files.LinkedFiles;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** {@code /app} as it will be in the image, on disk: what is tried is what the layers are made of. */
final class ApplicationTree {

    /** Where it is in the image. */
    static final String ROOT = "/app";

    private final Path root;
    private final List<String> classPath;
    private final List<RuntimeArtifact> engines;
    private final List<Finding> findings;

    private ApplicationTree(Path root) {
        this.root = root;
        this.classPath = new ArrayList<>(List.of("classes"));
        this.engines = new ArrayList<>();
        this.findings = new ArrayList<>();
    }

    /** Copies everything into a folder, which is emptied before. */
    static ApplicationTree assemble(ImageRequest.Content content, Platform platform, Path root)
            throws ImageException, IOException {
        FileTree.delete(root);
        ApplicationTree tree = new ApplicationTree(root);
        tree.copyClasses(content.classes());
        tree.copyJars(content.classPath(), platform);
        for (VerifiedModel model : content.models()) {
            tree.putModel(model);
        }
        if (!tree.findings.isEmpty()) {
            throw new ImageException(tree.findings);
        }
        return tree;
    }

    /** The folder that is {@code /app}. */
    Path root() {
        return root;
    }

    /** The class path below the tree, in the order of resolution. */
    List<String> classPath() {
        return List.copyOf(classPath);
    }

    Path natives() {
        return root.resolve("native");
    }

    /** The jar with the engine's natives for every platform. */
    Path engine() {
        return engines.get(0).file();
    }

    /** The folder of one model's files, below the tree. */
    static String folder(VerifiedModel model) {
        return "model/" + model.name() + "/" + model.version();
    }

    private void copyClasses(Path classes) throws IOException {
        Files.createDirectories(root.resolve("classes"));
        for (Path file : Folders.files(classes)) {
            String path = Folders.relative(classes, file);
            if (!path.startsWith(DescriptorJson.MODEL_RESOURCES)) {
                copy(file, root.resolve("classes").resolve(path));
            }
        }
    }

    private void copyJars(List<RuntimeArtifact> artifacts, Platform platform) throws IOException {
        Files.createDirectories(natives());
        Set<String> names = new HashSet<>();
        for (RuntimeArtifact artifact : artifacts) {
            // Two groups may have an artifact of the same name.
            String name = names.add(artifact.fileName())
                    ? artifact.fileName()
                    : artifact.groupId() + "-" + artifact.fileName();
            Path target = root.resolve("lib").resolve(name);
            try {
                copyJar(artifact, platform, target);
            } catch (ZipException | EOFException e) {
                findings.add(EngineJar.damaged(artifact.coordinates(), e));
            }
            classPath.add("lib/" + name);
        }
        if (engines.size() > 1) {
            findings.add(Finding.of(
                    FindingId.IMAGE_CONTENT,
                    "class path",
                    "several jars have the engine's native libraries for " + platform,
                    "one of them",
                    engines.stream().map(RuntimeArtifact::coordinates).collect(Collectors.joining(" and ")),
                    "Remove the others from the project's dependencies."));
        } else if (engines.isEmpty() && findings.isEmpty()) {
            findings.add(Finding.of(
                    FindingId.IMAGE_PLATFORM,
                    "class path",
                    "no jar of the runtime class path has the engine's native libraries for " + platform,
                    EngineJar.NATIVES + platform.natives() + "/ in a jar such as com.microsoft.onnxruntime:onnxruntime",
                    artifacts.size() + " jars without it",
                    "Add the engine to the project's dependencies, or set ml.image.platform to one it supports."));
        }
    }

    private void copyJar(RuntimeArtifact artifact, Platform platform, Path target) throws IOException {
        if (!EngineJar.hasNatives(artifact.file())) {
            if (artifact.module()) {
                try (ZipFile jar = new ZipFile(artifact.file().toFile())) {
                    StoredJar.write(jar, entry -> true, target);
                }
            } else {
                copy(artifact.file(), target);
            }
        } else if (EngineJar.split(artifact.file(), platform, target, natives())) {
            engines.add(artifact);
        }
    }

    /** Large files are the same on disk; whether they are what was verified is seen when the layer is made of them. */
    private void putModel(VerifiedModel model) throws IOException {
        LinkedFiles.put(
                model.inspected().source().folder(),
                model.inspected().files().stream().map(ModelFile::path).toList(),
                root.resolve(folder(model)));
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (OutputStream out = Files.newOutputStream(target)) {
            Files.copy(source, out);
        }
    }
}
