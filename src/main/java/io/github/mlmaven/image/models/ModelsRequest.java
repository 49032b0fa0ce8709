package io.github.mlmaven.image.models;

import io.github.mlmaven.image.Platform;
import io.github.mlmaven.verify.VerifiedModel;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to make of models without a server.
 *
 * @param name its name with tag, for example {@code acme/breast-cancer:1.4.0}
 * @param title what it is called without registry and tag: the project's artifactId
 * @param version the project's version
 * @param models the models, at least one
 * @param platform what an image says that it is for
 * @param annotations further annotations
 */
public record ModelsRequest(
        String name,
        String title,
        String version,
        List<VerifiedModel> models,
        Platform platform,
        SortedMap<String, String> annotations) {

    private static final String TITLE = "org.opencontainers.image.title";
    private static final String VERSION = "org.opencontainers.image.version";

    public ModelsRequest {
        models = List.copyOf(models);
        SortedMap<String, String> all = new TreeMap<>();
        all.put(TITLE, title);
        all.put(VERSION, version);
        all.putAll(annotations);
        annotations = Collections.unmodifiableSortedMap(all);
    }

    /** All annotations, with title and version where they are not given (OCI image specification, "Annotations"). */
    @Override
    public SortedMap<String, String> annotations() {
        return annotations;
    }
}
