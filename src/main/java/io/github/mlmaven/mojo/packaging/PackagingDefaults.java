package io.github.mlmaven.mojo.packaging;

import java.util.Properties;
import org.apache.maven.project.MavenProject;

/** What a pom may leave out. */
final class PackagingDefaults {

    private static final String ENCODING = "project.build.sourceEncoding";
    private static final String TIMESTAMP = "project.build.outputTimestamp";

    private PackagingDefaults() {}

    /** The Java release: left alone, older compiler plugins choose one that is too old for the server. */
    static void addReleaseTo(MavenProject project) {
        if (CompilerRelease.of(project).isEmpty()) {
            // The compiler plugin of Maven 3.8 does not know the first one.
            for (String name : new String[] {"release", "target", "source"}) {
                project.getProperties().setProperty("maven.compiler." + name, String.valueOf(CompilerRelease.BASELINE));
            }
        }
    }

    /** Beyond that what the packaging {@code ml-model} promises: UTF-8 and a reproducible jar. */
    static void addTo(MavenProject project) {
        Properties properties = project.getProperties();
        properties.putIfAbsent(ENCODING, "UTF-8");
        // Any fixed time makes the jar reproducible; this one is the first that a zip file can hold.
        properties.putIfAbsent(TIMESTAMP, "1980-02-01T00:00:00Z");
    }
}
