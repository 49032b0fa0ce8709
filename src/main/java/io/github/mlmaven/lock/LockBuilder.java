package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the lock of what is there now. */
public final class LockBuilder {

    private LockBuilder() {}

    /**
     * Hashes what has no digest yet, and puts everything in a lock.
     *
     * @param digests what knows or finds out the digests of files
     * @throws LockException with a finding for every artifact whose bytes are not there: without a checksum nothing is
     *     locked
     */
    public static FoundLock build(LockInputs inputs, FileDigests digests) throws LockException, IOException {
        List<ResolvedArtifact> fetched = inputs.artifacts().values().stream()
                .flatMap(List::stream)
                .filter(artifact -> !artifact.reactor())
                .toList();
        requireFiles(fetched);
        Map<Path, Digest> known = digests.of(
                fetched.stream().flatMap(artifact -> artifact.file().stream()).toList());
        Map<Section, List<LockedArtifact>> artifacts = new EnumMap<>(Section.class);
        Map<String, String> paths = new HashMap<>();
        inputs.artifacts().forEach((section, resolved) -> {
            List<LockedArtifact> locked = new ArrayList<>();
            for (ResolvedArtifact artifact : resolved) {
                LockedArtifact entry = entry(artifact, known);
                locked.add(entry);
                paths.put(FoundLock.place(section, entry), path(artifact));
            }
            artifacts.put(section, locked);
        });
        Lock lock = new Lock(
                inputs.javaRelease(),
                engine(inputs.models()),
                inputs.serving(),
                inputs.base(),
                inputs.packaging(),
                inputs.verification(),
                models(inputs.models()),
                artifacts);
        return new FoundLock(lock, paths, inputs.inactive());
    }

    private static void requireFiles(List<ResolvedArtifact> artifacts) throws LockException {
        List<Finding> findings = new ArrayList<>();
        for (ResolvedArtifact artifact : artifacts) {
            if (artifact.file().filter(Files::isRegularFile).isEmpty()) {
                findings.add(Finding.of(
                        FindingId.LOCK_UNRESOLVED,
                        artifact.key() + ":" + artifact.version(),
                        "its file is not there, so it has no checksum to lock (" + path(artifact) + ")",
                        "Run the build once without -o, or delete the artifact from the local repository and try"
                                + " again."));
            }
        }
        if (!findings.isEmpty()) {
            throw new LockException(findings);
        }
    }

    private static String path(ResolvedArtifact artifact) {
        return artifact.path().isEmpty() ? "direct" : "through " + String.join(" > ", artifact.path());
    }

    private static LockedArtifact entry(ResolvedArtifact artifact, Map<Path, Digest> digests) {
        return artifact.reactor()
                ? new LockedArtifact.Sibling(artifact.id(), artifact.scope())
                : new LockedArtifact.Fetched(
                        artifact.id(),
                        artifact.version(),
                        artifact.scope(),
                        artifact.file().map(digests::get).orElseThrow(),
                        artifact.repository());
    }

    private static String engine(List<VerifiedModel> models) {
        return models.stream().map(VerifiedModel::engine).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static SortedMap<String, LockedModel> models(List<VerifiedModel> models) {
        SortedMap<String, LockedModel> locked = new TreeMap<>();
        for (VerifiedModel model : models) {
            SortedMap<String, Long> opsets = model.inspected().summary().opsets().stream()
                    .collect(Collectors.toMap(Opset::domain, Opset::version, Math::max, TreeMap::new));
            Map<String, ModelFile> golden = new LinkedHashMap<>();
            model.golden().stream().flatMap(c -> c.files().stream()).forEach(file -> golden.put(file.path(), file));
            locked.put(
                    model.name(),
                    new LockedModel(
                            model.inspected().format(),
                            opsets,
                            model.inspected().files(),
                            model.contract(),
                            List.copyOf(golden.values()),
                            model.inspected().source().artifact().map(ModelArtifacts::locked)));
        }
        return locked;
    }
}
