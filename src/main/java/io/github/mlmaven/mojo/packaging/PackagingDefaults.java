package io.github.mlmaven.mojo.packaging;

import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.project.MavenProject;

/** What a pom of the packaging {@code ml-model} may leave out. */
final class PackagingDefaults {

    private static final String RELEASE = "maven.compiler.release";
    private static final String ENCODING = "project.build.sourceEncoding";
    private static final String TIMESTAMP = "project.build.outputTimestamp";

    private PackagingDefaults() {}

    static void addTo(MavenProject project) {
        Properties properties = project.getProperties();
        boolean chosen = Stream.of(RELEASE, "maven.compiler.source", "maven.compiler.target")
                .anyMatch(properties::containsKey);
        if (!chosen) {
            properties.setProperty(RELEASE, "17");
        }
        properties.putIfAbsent(ENCODING, "UTF-8");
        // Any fixed time makes the jar reproducible; this one is the first that a zip file can hold.
        properties.putIfAbsent(TIMESTAMP, "1980-02-01T00:00:00Z");
    }
}
