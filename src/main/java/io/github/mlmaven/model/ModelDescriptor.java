package io.github.mlmaven.model;

import java.util.List;

/**
 * What the server needs to know of a model; {@code META-INF/ml/models.json} holds a list of them.
 *
 * @param name the name in URLs
 * @param version the version in URLs: the project's version
 * @param format the format, which selects the engine
 * @param files the model's files, the main file first, then external data
 * @param contract inputs and outputs
 */
public record ModelDescriptor(
        String name, String version, ModelFormat format, List<ModelFile> files, Contract contract) {

    public ModelDescriptor {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("model " + name + " has no files");
        }
    }

    /** The file that the engine opens. */
    public ModelFile mainFile() {
        return files.get(0);
    }
}
