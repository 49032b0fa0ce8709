package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.report.provenance.GitHead;
import io.github.mlmaven.report.provenance.Invocation;
import io.github.mlmaven.report.provenance.Redaction;
import io.github.mlmaven.report.provenance.SourceCommit;
import java.io.File;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Scm;
import org.apache.maven.project.MavenProject;

/** What a build was asked for, and where its source is from. */
public final class RunFacts {

    // The key of the profiles that are the machine's and not the project's: those of settings.xml.
    private static final String EXTERNAL = "external";
    private static final String GIT = "scm:git:";

    private RunFacts() {}

    /** Goals, profiles of poms, and the properties of the command line that may be told. */
    public static Invocation invocation(MavenSession session) {
        MavenProject project = session.getCurrentProject();
        File root = session.getRequest().getMultiModuleProjectDirectory();
        List<String> profiles = project.getInjectedProfileIds().entrySet().stream()
                .filter(ids -> !EXTERNAL.equals(ids.getKey()))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .toList();
        Properties user = session.getUserProperties();
        Map<String, String> properties = new TreeMap<>();
        user.stringPropertyNames().forEach(name -> properties.put(name, user.getProperty(name)));
        return Invocation.of(
                session.getGoals(),
                profiles,
                properties,
                new Redaction((root == null ? project.getBasedir() : root).toPath()));
    }

    /** The commit that the project is checked out from, where Git's files tell it. */
    public static Optional<SourceCommit> source(MavenProject project) {
        Path folder = project.getBasedir().toPath();
        return GitHead.of(folder).map(commit -> new SourceCommit(commit, repository(project)));
    }

    /** What the project's pom or a parent beside it says: one out of a repository speaks of another source. */
    private static Optional<String> repository(MavenProject project) {
        for (MavenProject pom = project; pom != null && pom.getFile() != null; pom = pom.getParent()) {
            if (pom.getOriginalModel().getScm() != null) {
                return url(pom.getScm());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> url(Scm scm) {
        Optional<String> connection = Optional.ofNullable(scm.getConnection())
                .filter(text -> text.startsWith(GIT))
                .map(text -> text.substring(GIT.length()));
        return Stream.of(connection, Optional.ofNullable(scm.getUrl()))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.contains("${"))
                .findFirst();
    }
}
