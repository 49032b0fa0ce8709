package io.github.mlmaven.embed;

import java.nio.file.Path;
import java.util.List;

/**
 * What was embedded.
 *
 * @param mainClass the entrypoint's full name
 * @param source the generated source
 * @param modelFolders what to copy into the jar
 */
public record Embedded(String mainClass, Path source, List<ModelFolder> modelFolders) {

    public Embedded {
        modelFolders = List.copyOf(modelFolders);
    }

    /**
     * The files of one model.
     *
     * @param folder the folder that holds them
     * @param files their paths below it
     * @param target where the jar holds them
     */
    public record ModelFolder(Path folder, List<String> files, String target) {
        public ModelFolder {
            files = List.copyOf(files);
        }
    }
}
