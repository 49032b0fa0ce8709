package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryOfTest {

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void placeTheJar() throws IOException {
        jar = Files.writeString(folder.resolve("a-1.0.jar"), "a");
    }

    @Test
    void theBookkeepingNamesTheRepositoryOfEveryFile() throws IOException {
        bookkeeping("#NOTE: internal\n#Mon Nov 23\na-1.0.pom>other=\na-1.0.jar>central=\na-1.0-tests.jar>third=\n");
        assertThat(RepositoryOf.file(jar, "1.0", List.of("other", "central"))).isEqualTo("central");
    }

    @Test
    void ofSeveralRepositoriesTheProjectsFirstCounts() throws IOException {
        bookkeeping("a-1.0.jar>alpha=\na-1.0.jar>central=\na-1.0.jar>zoo=\n");
        assertThat(RepositoryOf.file(jar, "1.0", List.of("zoo", "central"))).isEqualTo("zoo");
    }

    @Test
    void aRepositoryThatOnlyADependencyDeclaresIsKnownToo() throws IOException {
        bookkeeping("a-1.0.jar>vendor=\n");
        assertThat(RepositoryOf.file(jar, "1.0", List.of("central"))).isEqualTo("vendor");
    }

    @Test
    void aFetchedSnapshotIsBookedUnderItsTimeStamp() throws IOException {
        Path copy = Files.writeString(folder.resolve("a-1-SNAPSHOT.jar"), "a");
        bookkeeping("a-1-20260101.000000-1.jar>vendor=\na-1-20260102.000000-2.jar>central=\n");
        assertThat(RepositoryOf.file(copy, "1-20260101.000000-1", List.of("central")))
                .isEqualTo("vendor");
        assertThat(RepositoryOf.file(copy, "1-SNAPSHOT", List.of("central"))).isEqualTo("local");
    }

    @Test
    void whatWasInstalledIsLocal() throws IOException {
        bookkeeping("a-1.0.jar>=\n");
        assertThat(RepositoryOf.file(jar, "1.0", List.of("central"))).isEqualTo("local");
    }

    @Test
    void withoutBookkeepingItIsLocal() throws IOException {
        assertThat(RepositoryOf.file(jar, "1.0", List.of("central"))).isEqualTo("local");
    }

    @Test
    void bookkeepingThatCannotBeUnderstoodIsLikeNone() throws IOException {
        bookkeeping("a-1.0.jar>central\\uXYZ=\n");
        assertThat(RepositoryOf.file(jar, "1.0", List.of("central"))).isEqualTo("local");
    }

    private void bookkeeping(String text) throws IOException {
        Files.writeString(folder.resolve("_remote.repositories"), text);
    }
}
