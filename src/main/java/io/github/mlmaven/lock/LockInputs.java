package io.github.mlmaven.lock;

import io.github.mlmaven.verify.VerifiedModel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a lock is made of.
 *
 * @param models the verified models
 * @param artifacts what was resolved for each section
 * @param inactive the profiles that this machine leaves out and another may not
 * @param base what the image is built on
 * @param packaging the settings that change what is packaged, by their names
 * @param verification the settings that decide the verdict on the models, by their names
 * @param javaRelease the Java release that the generated code is compiled for
 * @param serving the serving runtime with its version
 */
public record LockInputs(
        List<VerifiedModel> models,
        Map<Section, List<ResolvedArtifact>> artifacts,
        Set<String> inactive,
        BaseIdentity base,
        SortedMap<String, String> packaging,
        SortedMap<String, String> verification,
        int javaRelease,
        String serving) {

    public LockInputs {
        models = List.copyOf(models);
        Map<Section, List<ResolvedArtifact>> copy = new EnumMap<>(Section.class);
        artifacts.forEach((section, resolved) -> copy.put(section, List.copyOf(resolved)));
        artifacts = Collections.unmodifiableMap(copy);
        inactive = Set.copyOf(inactive);
        packaging = Collections.unmodifiableSortedMap(new TreeMap<>(packaging));
        verification = Collections.unmodifiableSortedMap(new TreeMap<>(verification));
    }
}
