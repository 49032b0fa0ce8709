package io.github.mlmaven.report.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHeadTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "f".repeat(40);

    @TempDir
    Path folder;

    @Test
    void aBranchIsReadFromAFolderBelow() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");
        Path module = Files.createDirectories(folder.resolve("a/b"));

        assertThat(GitHead.of(module)).hasValue(COMMIT);
    }

    @Test
    void aDetachedHeadIsACommit() throws IOException {
        write(".git/HEAD", COMMIT + "\n");

        assertThat(GitHead.of(folder)).hasValue(COMMIT);
    }

    @Test
    void aPackedBranchIsReadByItsWholeName() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + OTHER + " refs/heads/not-main\n" + COMMIT + " refs/heads/main\n^" + OTHER
                        + "\n");

        assertThat(GitHead.of(folder)).hasValue(COMMIT);
    }

    @Test
    void aWorktreeHasItsOwnHeadAndSharedBranches() throws IOException {
        write("main/.git/worktrees/w/HEAD", "ref: refs/heads/side\n");
        write("main/.git/worktrees/w/commondir", "../..\n");
        write("main/.git/refs/heads/side", COMMIT + "\n");
        write("w/.git", "gitdir: ../main/.git/worktrees/w\n");

        assertThat(GitHead.of(folder.resolve("w"))).hasValue(COMMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ref: refs/heads/gone",
                "ref: refs/../../../secret",
                "ref: /etc/passwd",
                "ref: refs/heads/loop",
                "",
                "not a commit"
            })
    void whatIsNoCommitIsNotTold(String head) throws IOException {
        write("secret", COMMIT);
        write(".git/refs/heads/loop", "ref: refs/heads/loop");
        write(".git/HEAD", head);

        assertThat(GitHead.of(folder)).isEmpty();
    }

    @Test
    void aHeadOfAnySizeIsNotReadWhole() throws IOException {
        write(".git/HEAD", COMMIT + " ".repeat(10_000));

        assertThat(GitHead.of(folder)).isEmpty();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
