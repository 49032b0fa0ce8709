package io.github.mlmaven.mojo.stage;

import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The Java release that a project is compiled for, where the compiler plugin looks for it. */
public final class CompilerRelease {

    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";
    private static final int BASELINE = 17;

    private CompilerRelease() {}

    /** The release; 17, the oldest that can call the server, where the project does not say. */
    public static int of(MavenProject project) {
        return Stream.of("release", "target", "source")
                .flatMap(name -> Stream.of(configured(project, name), property(project, name)))
                .filter(value -> value.matches("\\d{1,3}"))
                .findFirst()
                .map(Integer::valueOf)
                .orElse(BASELINE);
    }

    private static String configured(MavenProject project, String name) {
        Plugin compiler = project.getPlugin(COMPILER);
        if (compiler != null && compiler.getConfiguration() instanceof Xpp3Dom dom && dom.getChild(name) != null) {
            return String.valueOf(dom.getChild(name).getValue());
        }
        return "";
    }

    private static String property(MavenProject project, String name) {
        return project.getProperties().getProperty("maven.compiler." + name, "");
    }
}
