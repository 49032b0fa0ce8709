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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the lock of what is there now. */
public final class LockBuilder {

    private LockBuilder() {}

    /**
     * Hashes what has no digest yet, and puts everything in a lock.
     *
     * @throws LockException with a finding for every artifact whose bytes are not there: without a checksum nothing is
     *     locked
     */
    public static Lock build(LockInputs inputs) throws LockException, IOException {
        List<ResolvedArtifact> fetched = Stream.of(inputs.dependencies(), inputs.plugins())
                .flatMap(List::stream)
                .filter(artifact -> !artifact.reactor())
                .toList();
        requireFiles(fetched);
        Map<Path, Digest> digests = FileDigests.of(
                fetched.stream().flatMap(artifact -> artifact.file().stream()).toList());
        return new Lock(
                inputs.javaRelease(),
                engine(inputs.models()),
                inputs.serving(),
                inputs.base(),
                models(inputs.models()),
                artifacts(inputs.dependencies(), digests),
                artifacts(inputs.plugins(), digests));
    }

    private static void requireFiles(List<ResolvedArtifact> artifacts) throws LockException {
        List<Finding> findings = new ArrayList<>();
        for (ResolvedArtifact artifact : artifacts) {
            if (artifact.file().filter(Files::isRegularFile).isEmpty()) {
                findings.add(Finding.of(
                        FindingId.LOCK_UNRESOLVED,
                        artifact.key() + ":" + artifact.version(),
                        "its file is not there, so it has no checksum to lock",
                        "Run the build once without -o, or delete the artifact from the local repository and try"
                                + " again."));
            }
        }
        if (!findings.isEmpty()) {
            throw new LockException(findings);
        }
    }

    private static List<LockedArtifact> artifacts(List<ResolvedArtifact> artifacts, Map<Path, Digest> digests) {
        List<LockedArtifact> locked = new ArrayList<>();
        for (ResolvedArtifact artifact : artifacts) {
            if (artifact.reactor()) {
                locked.add(new LockedArtifact.Sibling(artifact.key(), artifact.scope()));
            } else {
                locked.add(new LockedArtifact.Fetched(
                        artifact.key(),
                        artifact.version(),
                        artifact.scope(),
                        artifact.file().map(digests::get).orElseThrow(),
                        artifact.repository()));
            }
        }
        return locked;
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
                            List.copyOf(golden.values())));
        }
        return locked;
    }
}
