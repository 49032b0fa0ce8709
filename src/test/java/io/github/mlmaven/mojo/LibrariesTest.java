package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

    @TempDir
    Path folder;

    private Path jar;
    private Path lib;

    @BeforeEach
    void aJar() throws IOException {
        jar = Files.writeString(folder.resolve("some.jar"), "one");
        lib = folder.resolve("lib");
    }

    @Test
    void copiesEachJarUnderItsOwnNameAndLeavesWhatOthersPutThere() throws Exception {
        Files.createDirectories(lib.resolve("theirs"));

        Libraries.copy(List.of(artifact("a", jar)), lib, false);

        assertThat(lib.resolve("a-1.jar")).hasContent("one");
        assertThat(lib.resolve("theirs")).exists();
    }

    @Test
    void aJarThatChangedIsCopiedAgain() throws Exception {
        Libraries.copy(List.of(artifact("a", jar)), lib, false);
        Files.writeString(jar, "two");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

        Libraries.copy(List.of(artifact("a", jar)), lib, false);

        assertThat(lib.resolve("a-1.jar")).hasContent("two");
    }

    @Test
    void aJarThatIsThereIsLeftAloneUnlessItIsCompared() throws Exception {
        Libraries.copy(List.of(artifact("a", jar)), lib, false);
        Path copy = lib.resolve("a-1.jar");
        FileTime time = Files.getLastModifiedTime(copy);
        Files.writeString(copy, "two");
        Files.setLastModifiedTime(copy, time);

        Libraries.copy(List.of(artifact("a", jar)), lib, false);
        assertThat(copy).hasContent("two");

        Libraries.copy(List.of(artifact("a", jar)), lib, true);
        assertThat(copy).hasContent("one");
    }

    @Test
    void twoJarsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Libraries.copy(List.of(artifact("a", jar), artifact("a", jar)), lib, false))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("a-1.jar: two dependencies have this file name; expected different ones."
                        + " Exclude one of them.");
    }

    @Test
    void aModuleThatIsNotPackagedIsRefused() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));

        assertThatThrownBy(() -> Libraries.copy(List.of(artifact("a", classes)), lib, false))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("com.acme:a: expected a jar, found the folder classes of a module that is not packaged yet."
                        + " Run a phase from package on for the whole build.");
    }

    @Test
    void theManifestNamesJarsAsTheFolderHasThem() {
        ResolvedArtifact natives = new ResolvedArtifact(
                LockedArtifact.Id.of(new ArtifactKey("com.acme", "a", "jar", "linux")),
                "1",
                "runtime",
                Optional.empty(),
                "central",
                false,
                List.of());

        assertThat(Libraries.fileName(natives)).isEqualTo("a-1-linux.jar");
        assertThat(new RuntimeArtifact("com.acme", "a", "1", "linux", jar).fileName())
                .isEqualTo(Libraries.fileName(natives));
    }

    private static RuntimeArtifact artifact(String name, Path file) {
        return new RuntimeArtifact("com.acme", name, "1", "", file);
    }
}
