package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.inspect.source.FetchedModel;
import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.inspect.source.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the models of a project: files directly in the model folder are one model, named like the artifact; otherwise
 * every sub-folder is a model, named like the folder. Those that were fetched from repositories come on top.
 */
public final class ModelLayout {

    private final Path projectDir;
    private final Path modelDir;
    private final Path goldenDir;
    private final String version;
    private final FolderListing listing;
    private final List<ModelSource> models = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Path> loose = new ArrayList<>();
    private final Map<Path, Finding> unreadableFolders = new TreeMap<>();
    private final Map<String, String> origins = new TreeMap<>();

    private ModelLayout(Path projectDir, Path modelDir, Path goldenDir, String version, FolderListing listing) {
        this.projectDir = projectDir;
        this.modelDir = modelDir;
        this.goldenDir = goldenDir;
        this.version = version;
        this.listing = listing;
    }

    /**
     * What is there.
     *
     * @param models every model, by name, whether or not it can be read; one whose folder is wrong carries the findings
     * @param findings what is wrong with the layout and about no single model
     * @param folder the folder with the models
     * @param place that folder relative to the project, for messages
     * @param loose files in it that belong to no model
     */
    public record Discovery(
            List<ModelSource> models, List<Finding> findings, Path folder, String place, List<Path> loose) {
        public Discovery {
            models = List.copyOf(models);
            findings = List.copyOf(findings);
            loose = List.copyOf(loose);
        }
    }

    /**
     * Looks for models.
     *
     * @param projectDir the project's folder, from which places in messages start
     * @param modelDir {@code src/main/model}
     * @param goldenDir {@code src/test/model}
     * @param artifactId the name of a model directly in the model folder
     * @param version the version of every model of the project itself
     * @param fetched models from repositories
     */
    public static Discovery discover(
            Path projectDir,
            Path modelDir,
            Path goldenDir,
            String artifactId,
            String version,
            List<FetchedModel> fetched) {
        return discover(projectDir, modelDir, goldenDir, artifactId, version, fetched, FolderListing::visible);
    }

    static Discovery discover(
            Path projectDir,
            Path modelDir,
            Path goldenDir,
            String artifactId,
            String version,
            List<FetchedModel> fetched,
            FolderListing listing) {
        ModelLayout layout = new ModelLayout(projectDir, modelDir, goldenDir, version, listing);
        try {
            layout.discover(artifactId, fetched.isEmpty());
        } catch (IOException | SecurityException e) {
            layout.findings.add(layout.unreadable(modelDir, "the model folder cannot be read", e));
        }
        fetched.forEach(layout::add);
        layout.models.sort(Comparator.comparing(ModelSource::name));
        return new Discovery(layout.models, layout.findings, modelDir, layout.place(modelDir), layout.loose);
    }

    private void discover(String artifactId, boolean isAll) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (Path entry : listing.of(modelDir)) {
            (isFolder(entry) ? folders : files).add(entry);
        }
        List<Path> modelFolders = folders.stream().filter(this::holdsModel).toList();
        if (files.isEmpty() && folders.isEmpty()) {
            if (isAll) {
                missing();
            }
        } else if (folders.isEmpty() || (holdsModel(files) && modelFolders.isEmpty())) {
            // Sub-folders without a model of their own hold this model's external data; one that cannot be read may
            // be anything.
            add(artifactId, modelDir, goldenDir);
            findings.addAll(unreadableFolders.values());
        } else {
            if (holdsModel(files)) {
                findings.add(Finding.of(
                        FindingId.MODEL_LAYOUT,
                        place(modelDir),
                        "there are models both directly in the folder and in sub-folders",
                        "one model directly in the folder, or one in each sub-folder",
                        names(files) + " beside " + names(modelFolders),
                        "Move " + names(files) + " to " + place(modelDir) + "/NAME/."));
            }
            loose.addAll(files);
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                add(name, folder, goldenDir.resolve(name));
            }
        }
    }

    private void add(String name, Path folder, Path golden) {
        List<Finding> wrong = new ArrayList<>();
        if (!ModelName.isUsable(name)) {
            wrong.add(Finding.of(
                    FindingId.MODEL_LAYOUT,
                    place(folder),
                    "the model's name cannot be used in a URL",
                    ModelName.RULE,
                    "'" + name + "'",
                    "Rename the folder."));
        }
        judgeLink(folder)
                .or(() -> Optional.ofNullable(unreadableFolders.get(folder)))
                .ifPresent(wrong::add);
        models.add(new ModelSource(name, version, folder, golden, place(folder), place(golden), wrong));
    }

    private void add(FetchedModel fetched) {
        String name = fetched.wanted().name();
        String artifact = fetched.wanted().artifact();
        Optional<ModelSource> other =
                models.stream().filter(model -> model.name().equals(name)).findFirst();
        if (other.isPresent()) {
            String first =
                    Optional.ofNullable(origins.get(name)).orElse(other.get().place());
            findings.add(Finding.of(
                    FindingId.MODEL_LAYOUT,
                    artifact,
                    "two models have the name " + name,
                    "a name for each",
                    first + " and " + artifact,
                    "Give the <model> of the <artifact> another <name>, or remove one of the two."));
            return;
        }
        origins.put(name, artifact);
        Path golden = goldenDir.resolve(name);
        if (!Files.exists(golden) && Files.isDirectory(fetched.golden())) {
            golden = fetched.golden();
        }
        models.add(new ModelSource(
                name,
                fetched.artifact().map(ModelArtifact::baseVersion).orElse(""),
                fetched.folder(),
                golden,
                fetched.findings().isEmpty() ? place(fetched.folder()) : artifact,
                place(golden),
                fetched.findings(),
                fetched.artifact()));
    }

    private Optional<Finding> judgeLink(Path folder) {
        try {
            boolean dangling = isDangling(folder);
            if (!dangling && folder.toRealPath().startsWith(modelDir.toRealPath())) {
                return Optional.empty();
            }
            return Optional.of(Finding.of(
                    FindingId.SAFE_LINK,
                    place(folder),
                    "the model's folder is a link that leads out of the model folder",
                    "a folder",
                    dangling ? "a symbolic link to nothing" : "a symbolic link",
                    "Copy the folder to where the link is."));
        } catch (IOException | SecurityException e) {
            return Optional.of(unreadable(folder, "the model's folder cannot be read", e));
        }
    }

    private void missing() {
        findings.add(Finding.of(
                FindingId.MODEL_MISSING,
                place(modelDir),
                "there is no model",
                "model.onnx, or a folder NAME with a model.onnx for each model",
                Files.isDirectory(modelDir) ? "an empty folder" : "no such folder",
                "Copy the model to " + place(modelDir) + "/model.onnx."));
    }

    private Finding unreadable(Path folder, String message, Exception e) {
        return Finding.of(
                FindingId.MODEL_UNREADABLE,
                place(folder),
                message,
                "a readable folder",
                e.getClass().getSimpleName(),
                "Check that you may read it.");
    }

    /** A link to nothing counts too, unless it is named like a model: the folder that it stands for is not silent. */
    private static boolean isFolder(Path entry) {
        return Files.isDirectory(entry) || (isDangling(entry) && !isModelFile(entry));
    }

    private static boolean isDangling(Path entry) {
        return Files.isSymbolicLink(entry) && !Files.exists(entry);
    }

    private boolean holdsModel(Path folder) {
        try {
            return holdsModel(listing.of(folder));
        } catch (IOException | SecurityException e) {
            unreadableFolders.put(folder, unreadable(folder, "the model's folder cannot be read", e));
            return false;
        }
    }

    private static boolean holdsModel(List<Path> entries) {
        return entries.stream().anyMatch(entry -> !Files.isDirectory(entry) && isModelFile(entry));
    }

    private static boolean isModelFile(Path entry) {
        String name = entry.getFileName().toString();
        return name.endsWith(".onnx") || name.startsWith("model.") || name.equals(MlflowModel.FILE);
    }

    private static String names(List<Path> entries) {
        return String.join(
                ", ", entries.stream().map(e -> e.getFileName().toString()).toList());
    }

    private String place(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path base = projectDir.toAbsolutePath().normalize();
        Path place = absolute.startsWith(base) ? base.relativize(absolute) : path.getFileName();
        return place.toString().replace('\\', '/');
    }
}
