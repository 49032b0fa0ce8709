package io.github.mlmaven.lock;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a build's result depends on, version 1 of {@code ml.lock}. The project's own version is no part of
 * it: that changes with every release.
 *
 * @param javaRelease the Java release that the generated code is compiled for
 * @param engine the engine with its version, for example {@code onnxruntime 1.29.0}
 * @param serving the serving runtime with its version, for example {@code ml-maven-plugin 1.0.0}
 * @param base what the image is built on
 * @param packaging the settings that change what is packaged, by their names
 * @param verification the settings that decide the verdict on the models, by their names; none is a default
 * @param models the models, by name
 * @param artifacts every section, perhaps empty, in a stable order
 */
public record Lock(
        int javaRelease,
        String engine,
        String serving,
        BaseIdentity base,
        SortedMap<String, String> packaging,
        SortedMap<String, String> verification,
        SortedMap<String, LockedModel> models,
        Map<Section, List<LockedArtifact>> artifacts) {

    /** The only version of the file format that this plugin reads and writes. */
    public static final int VERSION = 1;

    public Lock {
        packaging = Collections.unmodifiableSortedMap(new TreeMap<>(packaging));
        verification = Collections.unmodifiableSortedMap(new TreeMap<>(verification));
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        Map<Section, List<LockedArtifact>> sorted = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            sorted.put(section, Sorted.unique(artifacts.getOrDefault(section, List.of()), section::identity));
        }
        artifacts = Collections.unmodifiableMap(sorted);
    }

    /** The artifacts of a section. */
    public List<LockedArtifact> artifacts(Section section) {
        return artifacts.getOrDefault(section, List.of());
    }

    /** The same with other artifacts. */
    Lock with(Map<Section, List<LockedArtifact>> others) {
        return new Lock(javaRelease, engine, serving, base, packaging, verification, models, others);
    }
}
