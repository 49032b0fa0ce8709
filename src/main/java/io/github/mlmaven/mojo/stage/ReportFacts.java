package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.report.ReportSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.License;
import org.apache.maven.project.MavenProject;

/** What reports tell of the project itself. */
public final class ReportFacts {

    private ReportFacts() {}

    /** The facts of one project of a build. */
    public static ReportSettings of(MavenProject project, MavenSession session) {
        File root = session.getRequest().getMultiModuleProjectDirectory();
        File base = project.getBasedir();
        return new ReportSettings(
                RuntimeIndex.load().version(),
                sourceRoot((root == null ? base : root).toPath(), base.toPath()),
                project.getLicenses().stream()
                        .map(License::getName)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** The project's folder below the root of the build, as code scanning names files; none where it is elsewhere. */
    static String sourceRoot(Path root, Path project) {
        Path from = root.toAbsolutePath().normalize();
        Path to = project.toAbsolutePath().normalize();
        return to.startsWith(from) && !to.equals(from)
                ? from.relativize(to).toString().replace(File.separatorChar, '/') + "/"
                : "";
    }
}
