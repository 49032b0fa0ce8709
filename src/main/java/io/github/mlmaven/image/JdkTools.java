package io.github.mlmaven.image;

import java.nio.file.Path;
import java.util.List;

/**
 * The tools that link a runtime from a JDK.
 *
 * @param bin the folder of the commands, which run on this machine
 * @param modulePath the options that tell jlink where the modules are; none for those of its own JDK
 */
record JdkTools(Path bin, List<String> modulePath) {

    JdkTools {
        modulePath = List.copyOf(modulePath);
    }

    Path jdeps() {
        return bin.resolve("jdeps");
    }

    Path jlink() {
        return bin.resolve("jlink");
    }
}
