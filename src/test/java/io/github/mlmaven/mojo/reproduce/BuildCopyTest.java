package io.github.mlmaven.mojo.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCopyTest {

    @TempDir
    Path folder;

    private Path project;
    private Path copy;

    @BeforeEach
    void writeAProject() throws IOException {
        project = folder.resolve("project");
        copy = project.resolve("target/ml/reproduce/offline");
        write("pom.xml");
        write("module/pom.xml");
        write("module/src/main/java/com/acme/target/A.java");
    }

    @Test
    void whatABuildIsMadeFromIsCopiedAndWhatItMadeIsNot() throws Exception {
        write("target/classes/A.class");
        write("module/target/classes/A.class");
        write("elsewhere/out/A.class");
        write(".git/HEAD");
        write(".mvn/jvm.config");
        write(".mvn/maven.config");

        assertThat(copy()).isEmpty();

        assertThat(copied())
                .containsExactly(
                        ".mvn/jvm.config", "module/pom.xml", "module/src/main/java/com/acme/target/A.java", "pom.xml");
    }

    @Test
    void aCopyIsTheRootOfItsBuild() throws Exception {
        copy();
        assertThat(copy.resolve(".mvn")).isEmptyDirectory();
    }

    @Test
    void copiesAreOfAnotherTime() throws Exception {
        copy();
        assertThat(Files.getLastModifiedTime(copy.resolve("pom.xml")))
                .isNotEqualTo(Files.getLastModifiedTime(project.resolve("pom.xml")));
    }

    @Test
    void largeFilesAreCopiesToo() throws Exception {
        Path model = write("src/main/model/model.onnx");
        try (RandomAccessFile file = new RandomAccessFile(model.toFile(), "rw")) {
            file.setLength(17L << 20);
        }

        copy();

        assertThat(copy.resolve("src/main/model/model.onnx")).hasSize(17L << 20);
        // A second name would be refused as a model's external data.
        assertThat(Files.getAttribute(model, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void linksStayInTheBuildAndThoseThatLeadOutAreLeftOut() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "1");
        Files.createSymbolicLink(project.resolve("relative"), Path.of("pom.xml"));
        Files.createSymbolicLink(project.resolve("absolute"), project.resolve("module"));
        Files.createSymbolicLink(project.resolve("out"), outside);
        Files.createSymbolicLink(project.resolve("module/up"), Path.of("../../outside"));
        Files.createSymbolicLink(project.resolve("chain"), Path.of("module/up"));

        assertThat(copy()).containsExactlyInAnyOrder(Path.of("out"), Path.of("module/up"), Path.of("chain"));

        assertThat(copy.resolve("relative").toRealPath())
                .isEqualTo(copy.resolve("pom.xml").toRealPath());
        assertThat(copy.resolve("absolute").toRealPath())
                .isEqualTo(copy.resolve("module").toRealPath());
        assertThat(Files.exists(copy.resolve("out"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void theRootHoldsModulesAndTheirParents() throws Exception {
        assertThat(BuildRoot.common(Set.of(project.resolve("a/b"), project.resolve("a/parent"), project.resolve("a"))))
                .isEqualTo(project.resolve("a"));
        assertThat(BuildRoot.common(Set.of(project.resolve("ab"), project.resolve("a"))))
                .isEqualTo(project);
    }

    private List<Path> copy() throws IOException {
        Path absolute = project.toAbsolutePath();
        return BuildCopy.copy(
                new BuildRoot(
                        absolute,
                        absolute,
                        absolute.resolve("pom.xml"),
                        Set.of(absolute.resolve("target"), absolute.resolve("elsewhere/out"))),
                copy);
    }

    private List<String> copied() throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> copy.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private Path write(String path) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, path);
    }
}
