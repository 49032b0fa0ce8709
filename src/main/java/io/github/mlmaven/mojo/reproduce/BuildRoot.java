package io.github.mlmaven.mojo.reproduce;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What has to be copied to build somewhere else: the smallest folder with all modules, their parents and {@code .mvn}.
 *
 * @param folder that folder
 * @param top the folder that Maven takes for the root of the build, with {@code .mvn} if there is one
 * @param pom the pom that the build was started with
 * @param outputs the folders that modules build into
 */
record BuildRoot(Path folder, Path top, Path pom, Set<Path> outputs) {

    BuildRoot {
        outputs = Set.copyOf(outputs);
    }

    static BuildRoot of(MavenSession session) throws IOException {
        List<MavenProject> modules = session.getAllProjects();
        MavenProject first = session.getTopLevelProject();
        File started = session.getRequest().getPom();
        Path pom = absolute(started == null ? first.getFile() : started);
        pom = Files.isDirectory(pom) ? pom.resolve("pom.xml") : pom;
        Path top = top(pom, session.getRequest().getMultiModuleProjectDirectory());
        Set<Path> folders = new LinkedHashSet<>(List.of(top));
        Set<Path> outputs = new HashSet<>();
        for (MavenProject module : modules) {
            outputs.add(absolute(new File(module.getBuild().getDirectory())));
            for (MavenProject project = module; project != null; project = project.getParent()) {
                // A parent out of a repository has no folder.
                Optional.ofNullable(project.getBasedir())
                        .map(BuildRoot::absolute)
                        .ifPresent(folders::add);
            }
        }
        return new BuildRoot(common(folders), top, pom, outputs);
    }

    /** The folder that the build was started in. */
    Path directory() {
        return Objects.requireNonNull(pom.getParent());
    }

    /** Where something of the build is in a copy of it. */
    Path in(Path copy, Path original) {
        return copy.resolve(
                folder.relativize(original.toAbsolutePath().normalize()).toString());
    }

    boolean contains(Path original) {
        return original.toAbsolutePath().normalize().startsWith(folder);
    }

    /** The folder above the pom that Maven found; it may have named it by another path. */
    private static Path top(Path pom, @Nullable File found) throws IOException {
        Path start = Objects.requireNonNull(pom.getParent());
        for (Path above = start; above != null && found != null; above = above.getParent()) {
            if (Files.isSameFile(above, found.toPath())) {
                return above;
            }
        }
        return start;
    }

    static Path common(Set<Path> folders) throws IOException {
        Path common = folders.iterator().next();
        for (Path folder : folders) {
            while (common != null && !folder.startsWith(common)) {
                common = common.getParent();
            }
        }
        if (common == null || common.getParent() == null) {
            throw new IOException(
                    "the modules and parents of this build share no folder that could be copied: " + folders);
        }
        return common;
    }

    private static Path absolute(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }
}
