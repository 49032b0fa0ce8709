package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.AddSubModel;
import io.github.mlmaven.MavenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A project with a small model, a repository of files, and a local repository of its own on top of the build's: what a
 * test changes in there, no other test sees.
 */
record LockProject(Path folder, Path root, FileRepository repository, Path local) {

    private static final String INFO = "[INFO] ";
    private static final Pattern FINDING =
            Pattern.compile("\\[ERROR] (?:Failed .* on project \\S+: )?(ML-[A-Z-]+: .*?)(?: -> \\[Help 1])?");

    static LockProject in(Path folder) throws IOException {
        LockProject project = new LockProject(
                folder,
                Files.createDirectory(folder.resolve("project")),
                new FileRepository(Files.createDirectory(folder.resolve("repository"))),
                folder.resolve("local"));
        project.model("");
        return project;
    }

    /** Puts the model with its golden data into a module; the empty name stands for the project itself. */
    void model(String module) throws IOException {
        AddSubModel.copyTo(root.resolve(module));
    }

    /** Writes the pom of a project that finds artifacts in the repository of files. */
    void pom(Pom pom) throws IOException {
        write("pom.xml", pom.text(repository.url()));
    }

    void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
    }

    /** The output of a build that succeeds. */
    String succeeds(String... arguments) throws Exception {
        MavenProcess maven = run(Map.of(), arguments);
        assertThat(maven.exit()).as(maven.output()).isZero();
        return maven.output();
    }

    /** The output of a build that fails. */
    String fails(String... arguments) throws Exception {
        MavenProcess maven = run(Map.of(), arguments);
        assertThat(maven.exit()).as(maven.output()).isEqualTo(1);
        return maven.output();
    }

    MavenProcess run(Map<String, String> environment, String... arguments) throws Exception {
        return run(Path.of(System.getProperty("maven.distribution")), environment, arguments);
    }

    MavenProcess run(Path distribution, Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-Dmaven.repo.local=" + local,
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository"),
                "-Dml.verify.latency.skip"));
        all.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(Map.of("CI", "false", "MAVEN_OPTS", OPTIONS));
        variables.putAll(environment);
        return MavenProcess.run(distribution, root, variables, all.toArray(String[]::new));
    }

    /** Builds of seconds: what a JVM compiles for the long run never pays. */
    static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** The file of a released artifact in the local repository. */
    Path fetched(String name, String version, String extension) {
        return local.resolve("com/acme/it")
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + "." + extension);
    }

    /** The digest as a lock and findings have it. */
    static String sha256(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    static String sha256(byte[] bytes) {
        return "sha256:" + DigestUtils.sha256Hex(bytes);
    }

    /** A text with digests as the table of differences has them. */
    static String brief(String text) {
        return text.replaceAll("(sha256:[0-9a-f]{12})[0-9a-f]{52}", "$1");
    }

    JsonNode lock() throws IOException {
        return new ObjectMapper().readTree(lockFile().toFile());
    }

    Path lockFile() {
        return root.resolve("ml.lock");
    }

    /** The table of differences in an output, its columns separated by {@code |}. */
    static List<String> table(String output) {
        List<String> lines = output.lines().toList();
        List<String> table = new ArrayList<>();
        for (String line : lines) {
            if (table.isEmpty()
                    ? line.matches("\\[INFO] ml\\.lock: \\d+ differences?: .*")
                    : line.startsWith(INFO + "  ")) {
                table.add(line.substring(INFO.length()).strip().replaceAll(" {2,}", " | "));
            } else if (!table.isEmpty()) {
                break;
            }
        }
        return table;
    }

    /** The findings that a build failed with; one alone stands in Maven's own line. */
    static List<String> errors(String output) {
        return output.lines()
                .map(FINDING::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
    }

    /** A project's pom in parts. */
    record Pom(Map<String, String> parts) {

        static Pom empty() {
            return new Pom(Map.of());
        }

        /**
         * The same with another part: {@code parent}, {@code properties}, {@code management}, {@code dependencies},
         * {@code profiles}, {@code extensions}, {@code pluginDependencies}.
         */
        Pom with(String part, String xml) {
            Map<String, String> all = new HashMap<>(parts);
            all.put(part, xml);
            return new Pom(all);
        }

        private String part(String name) {
            return parts.getOrDefault(name, "");
        }

        String text(String url) {
            return """
                    <project>
                      <modelVersion>4.0.0</modelVersion>
                      %s
                      <groupId>com.acme.it</groupId>
                      <artifactId>shop</artifactId>
                      <version>1.0</version>
                      <packaging>ml-model</packaging>
                      <properties><ml.image.base>jdk</ml.image.base>%s</properties>
                      <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
                      <dependencies>%s</dependencies>
                      <repositories><repository><id>acme</id><url>%s</url></repository></repositories>
                      <pluginRepositories>
                        <pluginRepository><id>acme</id><url>%s</url></pluginRepository>
                      </pluginRepositories>
                      <profiles>%s</profiles>
                      <build>
                        <extensions>%s</extensions>
                        <plugins><plugin>
                          <groupId>io.github.mlmaven</groupId>
                          <artifactId>ml-maven-plugin</artifactId>
                          <version>%s</version>
                          <extensions>true</extensions>
                          <dependencies>%s</dependencies>
                        </plugin></plugins>
                      </build>
                    </project>
                    """.formatted(
                            part("parent"),
                            part("properties"),
                            part("management"),
                            part("dependencies"),
                            url,
                            url,
                            part("profiles"),
                            part("extensions"),
                            System.getProperty("plugin.version"),
                            part("pluginDependencies"));
        }
    }
}
