package io.github.mlmaven.mojo.packaging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The Java release that a project is compiled for, where the compiler plugin looks for it. */
public final class CompilerRelease {

    /** The oldest release that can call the server. */
    public static final int BASELINE = 17;

    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";

    // "1.8" is how releases before 9 were written.
    private static final Pattern RELEASE = Pattern.compile("(?:1\\.)?(\\d{1,3})");

    private CompilerRelease() {}

    /** The release that the project asks for; empty where it leaves that to the compiler plugin. */
    public static Optional<Integer> of(MavenProject project) {
        return Stream.of("release", "target", "source")
                .flatMap(name -> Stream.of(configured(project, name), property(project, name)))
                .map(RELEASE::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(matcher -> Integer.valueOf(matcher.group(1)));
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
