package io.github.mlmaven.lock;

import java.util.Collections;
import java.util.List;
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
 * @param models the models, by name
 * @param dependencies the runtime class path, by key
 * @param plugins the plugins that take part up to {@code package}, by key
 */
public record Lock(
        int javaRelease,
        String engine,
        String serving,
        BaseIdentity base,
        SortedMap<String, LockedModel> models,
        List<LockedArtifact> dependencies,
        List<LockedArtifact> plugins) {

    /** The only version of the file format that this plugin reads and writes. */
    public static final int VERSION = 1;

    public Lock {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        dependencies = Sorted.unique(dependencies, LockedArtifact::key);
        plugins = Sorted.unique(plugins, LockedArtifact::key);
    }
}
