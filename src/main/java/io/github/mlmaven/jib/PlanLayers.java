package io.github.mlmaven.jib;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.LayerObject;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.EngineJar;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Jib's layers with the models out of the resources and into layers of their own, and the engine's natives out of its jar
 * and into another.
 */
final class PlanLayers {

    private static final AbsoluteUnixPath ROOT = AbsoluteUnixPath.get("/app");

    private final EmbeddedModels models;
    private final Platform platform;
    private final Path work;
    private final List<Path> engines = new ArrayList<>();

    /**
     * @param models the models
     * @param platform what the image runs on
     * @param work an empty folder for what is made here
     */
    PlanLayers(EmbeddedModels models, Platform platform, Path work) {
        this.models = models;
        this.platform = platform;
        this.work = work;
    }

    /** Jib's own, and before them what changes less than the project's classes. */
    List<LayerObject> of(List<? extends LayerObject> planned) throws PlanException, IOException {
        Files.createDirectories(natives());
        List<LayerObject> dependencies = new ArrayList<>();
        List<LayerObject> others = new ArrayList<>();
        for (LayerObject layer : planned) {
            List<LayerObject> layers = layer.getName().endsWith("dependencies") ? dependencies : others;
            if (layer instanceof FileEntriesLayer files) {
                FileEntriesLayer changed = changed(files);
                if (!changed.getEntries().isEmpty()) {
                    layers.add(changed);
                }
            } else {
                layers.add(layer);
            }
        }
        requireOneEngine();
        List<LayerObject> all = new ArrayList<>(List.of(nativesLayer()));
        all.addAll(dependencies);
        models.models().forEach(model -> all.add(layer(model)));
        all.addAll(others);
        return all;
    }

    private FileEntriesLayer changed(FileEntriesLayer layer) throws PlanException, IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (FileEntry entry : layer.getEntries()) {
            if (!entry.getSourceFile().startsWith(models.folder())) {
                entries.add(withoutNatives(entry));
            }
        }
        return layer.toBuilder().setEntries(entries).build();
    }

    private FileEntry withoutNatives(FileEntry entry) throws PlanException, IOException {
        Path jar = entry.getSourceFile();
        if (!String.valueOf(jar.getFileName()).endsWith(".jar") || !Files.isRegularFile(jar)) {
            return entry;
        }
        try {
            if (!EngineJar.hasNatives(jar)) {
                return entry;
            }
            Path stripped = work.resolve("lib").resolve(String.valueOf(jar.getFileName()));
            if (EngineJar.split(jar, platform, stripped, natives())) {
                engines.add(jar);
            }
            return new FileEntry(
                    stripped,
                    entry.getExtractionPath(),
                    entry.getPermissions(),
                    entry.getModificationTime(),
                    entry.getOwnership());
        } catch (ZipException | EOFException e) {
            throw new PlanException(EngineJar.damaged(String.valueOf(jar.getFileName()), e));
        }
    }

    private void requireOneEngine() throws PlanException {
        if (engines.size() == 1) {
            return;
        }
        throw new PlanException(Finding.of(
                engines.isEmpty() ? FindingId.IMAGE_PLATFORM : FindingId.IMAGE_CONTENT,
                "class path",
                "the image must have one engine with native libraries for " + platform,
                "one jar such as com.microsoft.onnxruntime:onnxruntime",
                engines.isEmpty()
                        ? "none"
                        : String.join(
                                " and ",
                                engines.stream()
                                        .map(jar -> String.valueOf(jar.getFileName()))
                                        .toList()),
                "Keep <extensions>true</extensions> at ml-maven-plugin, which adds the engine, and no other engine among"
                        + " the project's dependencies."));
    }

    private FileEntriesLayer nativesLayer() throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("natives");
        try (Stream<Path> files = Files.list(natives())) {
            for (Path file : files.sorted().toList()) {
                layer.addEntry(file, ROOT.resolve("native").resolve(String.valueOf(file.getFileName())));
            }
        }
        return layer.build();
    }

    private FileEntriesLayer layer(ModelDescriptor model) {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("model/" + model.name());
        AbsoluteUnixPath folder = ROOT.resolve("model").resolve(model.name()).resolve(model.version());
        for (ModelFile file : model.files()) {
            layer.addEntry(models.file(model, file), folder.resolve(file.path()));
        }
        return layer.build();
    }

    private Path natives() {
        return work.resolve("native");
    }
}
