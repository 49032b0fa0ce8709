package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the models of a project: files directly in the model folder are one model, named like the artifact; otherwise
 * every sub-folder is a model, named like the folder.
 */
public final class ModelLayout {

    /** Names go into URLs, paths and class names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final Path projectDir;
    private final Path modelDir;
    private final Path goldenDir;
    private final String version;
    private final List<ModelSource> models = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private ModelLayout(Path projectDir, Path modelDir, Path goldenDir, String version) {
        this.projectDir = projectDir;
        this.modelDir = modelDir;
        this.goldenDir = goldenDir;
        this.version = version;
    }

    /**
     * What is there.
     *
     * @param models every model, by name, whether or not it can be read
     * @param findings what is wrong with the layout itself
     */
    public record Discovery(List<ModelSource> models, List<Finding> findings) {
        public Discovery {
            models = List.copyOf(models);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Looks for models.
     *
     * @param projectDir the project's folder, from which places in messages start
     * @param modelDir {@code src/main/model}
     * @param goldenDir {@code src/test/model}
     * @param artifactId the name of a model directly in the model folder
     * @param version the version of every model
     */
    public static Discovery discover(
            Path projectDir, Path modelDir, Path goldenDir, String artifactId, String version) {
        ModelLayout layout = new ModelLayout(projectDir, modelDir, goldenDir, version);
        try {
            layout.discover(artifactId);
        } catch (IOException | SecurityException e) {
            layout.findings.add(Finding.of(
                    FindingId.MODEL_UNREADABLE,
                    layout.place(modelDir),
                    "the model folder cannot be read",
                    "a readable folder",
                    e.getClass().getSimpleName(),
                    "Check that you may read it."));
        }
        return new Discovery(layout.models, layout.findings);
    }

    private void discover(String artifactId) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries(modelDir)) {
            (Files.isDirectory(entry) ? folders : files).add(entry);
        }
        List<Path> modelFolders = new ArrayList<>();
        for (Path folder : folders) {
            if (holdsModel(entries(folder))) {
                modelFolders.add(folder);
            }
        }
        if (files.isEmpty() && folders.isEmpty()) {
            missing();
        } else if (folders.isEmpty() || (holdsModel(files) && modelFolders.isEmpty())) {
            // Sub-folders without a model of their own hold this model's external data.
            add(artifactId, modelDir, goldenDir);
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
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                add(name, folder, goldenDir.resolve(name));
            }
        }
    }

    private void add(String name, Path folder, Path golden) throws IOException {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            findings.add(Finding.of(
                    FindingId.MODEL_LAYOUT,
                    place(folder),
                    "the model's name cannot be used in a URL",
                    "1 to 128 of the letters A to Z and a to z, digits, '.', '_' and '-'",
                    "'" + name + "'",
                    "Rename the folder."));
        } else if (!folder.toRealPath().startsWith(modelDir.toRealPath())) {
            findings.add(Finding.of(
                    FindingId.SAFE_LINK,
                    place(folder),
                    "the model's folder is a link that leads out of the model folder",
                    "a folder",
                    "a symbolic link",
                    "Copy the folder to where the link is."));
        } else {
            models.add(new ModelSource(name, version, folder, golden, place(folder), place(golden)));
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

    /** What is in a folder, by name, without hidden files such as {@code .gitkeep}. */
    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        }
    }

    private static boolean holdsModel(List<Path> entries) {
        return modelFile(entries).isPresent();
    }

    private static Optional<Path> modelFile(List<Path> entries) {
        return entries.stream()
                .filter(entry -> !Files.isDirectory(entry))
                .filter(entry -> {
                    String name = entry.getFileName().toString();
                    return name.endsWith(".onnx") || name.startsWith("model.");
                })
                .findFirst();
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
