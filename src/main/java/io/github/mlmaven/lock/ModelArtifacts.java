package io.github.mlmaven.lock;

import io.github.mlmaven.inspect.source.ModelArtifact;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The artifacts that models came from. */
final class ModelArtifacts {

    private static final String ACCEPT = ", or run `mvn ml:lock` to accept what is there now.";

    private ModelArtifacts() {}

    static LockedArtifact locked(ModelArtifact artifact) {
        ArtifactKey key =
                new ArtifactKey(artifact.groupId(), artifact.artifactId(), artifact.extension(), artifact.classifier());
        return artifact.module()
                ? new LockedArtifact.Sibling(LockedArtifact.Id.of(key), "")
                : new LockedArtifact.Fetched(
                        LockedArtifact.Id.of(key), artifact.version(), "", artifact.sha256(), artifact.repository());
    }

    static void compare(
            String where,
            Optional<LockedArtifact> locked,
            Optional<LockedArtifact> found,
            Drifts drifts,
            BiPredicate<LockedArtifact, LockedArtifact> same) {
        drifts.each(
                named(locked),
                named(found),
                (then, now) -> then.key().equals(now.key()) && same.test(then, now),
                (kind, name, then, now) -> new Drift(
                        kind,
                        "model's artifact",
                        where + name,
                        then.map(ModelArtifacts::text),
                        now.map(ModelArtifacts::text),
                        Optional.empty(),
                        next(then, now)));
    }

    private static String text(LockedArtifact artifact) {
        return artifact.key() + (artifact instanceof LockedArtifact.Fetched ? ":" : ", ") + artifact;
    }

    private static Map<String, LockedArtifact> named(Optional<LockedArtifact> artifact) {
        return artifact.map(present -> Map.of("artifact", present)).orElse(Map.of());
    }

    private static String next(Optional<LockedArtifact> locked, Optional<LockedArtifact> found) {
        if (locked.isPresent()
                && found.isPresent()
                && locked.get() instanceof LockedArtifact.Fetched then
                && found.get() instanceof LockedArtifact.Fetched now
                && then.key().equals(now.key())
                && then.version().equals(now.version())) {
            return "Find out who published other bytes under the same version" + ACCEPT;
        }
        return "Restore the <artifact> in the pom" + ACCEPT;
    }
}
