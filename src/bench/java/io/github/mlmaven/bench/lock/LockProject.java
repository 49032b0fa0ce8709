package io.github.mlmaven.bench.lock;

import io.github.mlmaven.bench.maven.LargeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A project with a lock.
 *
 * @param name of its folder in {@code src/bench/lock}, which has its pom
 * @param weights how many bytes of external data its model has, a multiple of 4 KiB
 */
record LockProject(String name, long weights) {

    /** Puts it together in a folder; weights that are there stay. */
    Path prepare(Path poms, Path folder, String version) throws IOException {
        Path project = folder.resolve(name);
        LargeModel.prepare(project, weights);
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(poms.resolve(name).resolve("pom.xml")).replace("@project.version@", version));
        return project;
    }
}
