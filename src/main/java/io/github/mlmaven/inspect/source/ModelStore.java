package io.github.mlmaven.inspect.source;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the models that a project asks repositories for, each into a folder of its own. */
public final class ModelStore {

    private final ArtifactSource source;
    private final Path root;
    private final UnpackLimits limits;

    /**
     * A store.
     *
     * @param root the folder for the models' folders
     */
    public ModelStore(ArtifactSource source, Path root) {
        this(source, root, UnpackLimits.DEFAULT);
    }

    ModelStore(ArtifactSource source, Path root, UnpackLimits limits) {
        this.source = source;
        this.root = root;
        this.limits = limits;
    }

    /**
     * Fetches every model; what is wrong with one keeps no other from being fetched.
     *
     * @return one for each name, in the order of the wanted ones
     */
    public List<FetchedModel> fetch(List<WantedModel> wanted) throws IOException {
        Map<String, WantedModel> byName = new HashMap<>();
        List<FetchedModel> fetched = new ArrayList<>();
        for (WantedModel model : wanted) {
            WantedModel other = byName.putIfAbsent(model.name(), model);
            // Not fetched into the folder of the other; two models of one name are refused with those of the project.
            fetched.add(
                    other == null ? fetch(model) : new FetchedModel(model, Optional.empty(), root, root, List.of()));
        }
        return fetched;
    }

    private FetchedModel fetch(WantedModel wanted) throws IOException {
        if (!ModelName.isUsable(wanted.name())) {
            return refused(
                    wanted,
                    Optional.empty(),
                    List.of(Finding.of(
                            FindingId.MODEL_ARTIFACT,
                            wanted.artifact(),
                            "the model's name cannot be used in a URL",
                            ModelName.RULE,
                            "'" + wanted.name() + "'",
                            "Give the <model> a <name>.")));
        }
        StoredFolder folder = new StoredFolder(root.resolve(wanted.name()));
        Optional<ModelArtifact> artifact = Optional.empty();
        try {
            ArtifactCoordinates coordinates = coordinates(wanted);
            artifact = Optional.of(source.fetch(coordinates));
            store(wanted, coordinates, artifact.get(), folder);
            return new FetchedModel(
                    wanted,
                    artifact,
                    folder.path().resolve(ArchivePath.MODEL),
                    folder.path().resolve(ArchivePath.GOLDEN),
                    List.of());
        } catch (SourceException e) {
            folder.remove();
            return refused(wanted, artifact, e.findings());
        }
    }

    private FetchedModel refused(WantedModel wanted, Optional<ModelArtifact> artifact, List<Finding> findings) {
        return new FetchedModel(wanted, artifact, root, root, findings);
    }

    private static ArtifactCoordinates coordinates(WantedModel wanted) throws SourceException {
        try {
            return ArtifactCoordinates.parse(wanted.artifact());
        } catch (IllegalArgumentException e) {
            throw new SourceException(Finding.of(
                    FindingId.MODEL_ARTIFACT,
                    wanted.artifact(),
                    "the <artifact> of a <model> does not name one artifact",
                    ArtifactCoordinates.FORM,
                    String.valueOf(e.getMessage()),
                    "Correct the <artifact>."));
        }
    }

    private void store(WantedModel wanted, ArtifactCoordinates coordinates, ModelArtifact artifact, StoredFolder folder)
            throws SourceException, IOException {
        String path = wanted.path().orElse("");
        if (!artifact.isArchive() && !path.isEmpty()) {
            throw new SourceException(Finding.of(
                    FindingId.MODEL_ARTIFACT,
                    coordinates.toString(),
                    "a <path> is for what is in an archive",
                    "an artifact of type zip or jar",
                    "type " + artifact.extension(),
                    "Leave out the <path>."));
        }
        String origin = artifact.sha256() + " " + artifact.extension() + " " + path;
        if (folder.isMadeOf(origin)) {
            return;
        }
        folder.make(origin, to -> {
            Path model = Files.createDirectory(to.resolve(ArchivePath.MODEL));
            if (artifact.isArchive()) {
                new ModelArchive(coordinates.toString(), new ArchivePath(path), limits).unpack(artifact.file(), to);
            } else {
                link(artifact.file(), model.resolve("model." + artifact.extension()));
            }
        });
    }

    /**
     * A second name for the same bytes: weights are large. Nothing in a build writes to it, and what replaces the folder
     * only takes the name away.
     */
    private static void link(Path file, Path target) throws IOException {
        // A repository may hold links itself, and a name for a link would be a link.
        Path real = file.toRealPath();
        try {
            Files.createLink(target, real);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(real, target);
        }
    }
}
