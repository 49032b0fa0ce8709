package io.github.mlmaven.mojo.reproduce;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What is said to the second Maven: what was said to this one, and what makes it a second one. */
final class MavenArguments {

    /** What this goal decides itself. */
    private static final Set<String> OURS = Set.of(
            "ml.reproduce",
            "ml.reproduce.timeout",
            "ml.cache",
            "ml.golden.record",
            "ml.image.to",
            "ml.image.to.username",
            "ml.image.to.password",
            "ml.locked",
            "ml.verify.latency.skip",
            "maven.repo.local",
            "maven.multiModuleProjectDirectory",
            "skipTests");

    private final BuildRoot root;
    private final Path copy;

    MavenArguments(BuildRoot root, Path copy) {
        this.root = root;
        this.copy = copy;
    }

    List<String> of(MavenSession session, MavenProject project, boolean offline) {
        MavenExecutionRequest request = session.getRequest();
        List<String> arguments = new ArrayList<>(
                List.of("--batch-mode", "--file", root.in(copy, root.pom()).toString()));
        if (offline) {
            arguments.add("--offline");
        }
        file(arguments, "--settings", request.getUserSettingsFile());
        file(arguments, "--global-settings", request.getGlobalSettingsFile());
        file(arguments, "--toolchains", request.getUserToolchainsFile());
        file(arguments, "--global-toolchains", request.getGlobalToolchainsFile());
        profiles(arguments, request);
        if (session.getAllProjects().size() > 1) {
            arguments.addAll(
                    List.of("--projects", project.getGroupId() + ":" + project.getArtifactId(), "--also-make"));
        }
        properties(arguments, session.getUserProperties());
        // Measured and tested is what was built first; that the second is the same makes it as good.
        arguments.addAll(List.of(
                "-Dmaven.repo.local=" + request.getLocalRepositoryPath(),
                "-Dml.reproduce=false",
                // What other builds linked and compressed would hide that it comes out differently every time.
                "-Dml.cache=" + copy.resolve("target").resolve("ml-cache"),
                // To be compared, and not pushed once more.
                "-Dml.image.to=tar",
                "-Dml.locked=true",
                "-Dml.verify.latency.skip=true",
                "-DskipTests=true",
                "-Dstyle.color=never",
                "package"));
        return arguments;
    }

    private static void file(List<String> arguments, String option, @Nullable File file) {
        if (file != null && file.isFile()) {
            arguments.addAll(List.of(option, file.getAbsolutePath()));
        }
    }

    private static void profiles(List<String> arguments, MavenExecutionRequest request) {
        List<String> profiles = new ArrayList<>(request.getActiveProfiles());
        request.getInactiveProfiles().forEach(profile -> profiles.add("!" + profile));
        if (!profiles.isEmpty()) {
            arguments.addAll(List.of("--activate-profiles", String.join(",", profiles)));
        }
    }

    private void properties(List<String> arguments, Properties properties) {
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            if (!OURS.contains(name) && !name.startsWith("session.") && !name.startsWith("env.")) {
                arguments.add("-D" + name + "=" + elsewhere(properties.getProperty(name)));
            }
        }
    }

    /** A path within the build leads into the copy. */
    private String elsewhere(String value) {
        String original = root.folder().toString();
        boolean within = value.equals(original) || value.startsWith(original + File.separator);
        return within ? copy + value.substring(original.length()) : value;
    }
}
