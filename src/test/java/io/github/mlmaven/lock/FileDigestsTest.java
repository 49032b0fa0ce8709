package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.files.FileIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Digest FALSE = new Digest("0".repeat(64));

    @TempDir
    Path folder;

    private Path memory;
    private Path jar;

    @BeforeEach
    void placeAJar() throws Exception {
        memory = folder.resolve("memory/digests.txt");
        jar = Files.writeString(folder.resolve("a b.jar"), "abc");
    }

    @Test
    void everyFileIsHashedWhateverItsSize() throws Exception {
        List<Path> files = new ArrayList<>();
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 1 << 17, (1 << 17) + 1, 3_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            files.add(Files.write(folder.resolve(size + ".jar"), bytes));
        }
        files.add(files.get(0));
        Map<Path, Digest> digests = FileDigests.reading().of(files);
        assertThat(digests).hasSize(5);
        for (Path file : files) {
            assertThat(digests).containsEntry(file, new Digest(DigestUtils.sha256Hex(Files.readAllBytes(file))));
        }
    }

    @Test
    void aFileThatIsGoneSaysWhich() {
        Path gone = folder.resolve("gone.jar");
        assertThatThrownBy(() -> FileDigests.reading().of(List.of(jar, gone)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read an artifact: ")
                .hasMessageContaining("gone.jar");
    }

    @Test
    void aFileThatIsAsItWasIsNotReadAgain() throws Exception {
        rememberFalsely(FileIdentity.of(jar));
        assertThat(FileDigests.remembering(memory, false).of(List.of(jar))).containsEntry(jar, FALSE);
    }

    @Test
    void rehashingReadsEverythingAndMendsTheMemory() throws Exception {
        rememberFalsely(FileIdentity.of(jar));
        Thread.sleep(2100); // what changed just now is not remembered
        assertThat(FileDigests.remembering(memory, true)
                        .of(List.of(jar))
                        .get(jar)
                        .hex())
                .isEqualTo(DigestUtils.sha256Hex("abc"));
        assertThat(FileDigests.remembering(memory, false)
                        .of(List.of(jar))
                        .get(jar)
                        .hex())
                .isEqualTo(DigestUtils.sha256Hex("abc"));
        assertThat(memory).content().contains("a b.jar").doesNotContain(FALSE.hex());
    }

    @Test
    void aFileOfAnotherSizeTimeOrInodeIsReadAgain() throws Exception {
        FileIdentity now = FileIdentity.of(jar);
        List<FileIdentity> others = List.of(
                new FileIdentity(now.size() + 1, now.modified(), now.changed(), now.key()),
                new FileIdentity(now.size(), now.modified() - 1, now.changed(), now.key()),
                new FileIdentity(now.size(), now.modified(), now.changed() - 1, now.key()),
                new FileIdentity(now.size(), now.modified(), now.changed(), "1:2"));
        for (FileIdentity other : others) {
            rememberFalsely(other);
            assertThat(FileDigests.remembering(memory, false).of(List.of(jar))).doesNotContainEntry(jar, FALSE);
        }
    }

    /** The time of the inode's change gives away what set the time of the content back. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aForgedTimeHelpsNobody() throws Exception {
        Files.setLastModifiedTime(jar, LONG_AGO);
        rememberFalsely(FileIdentity.of(jar));
        Thread.sleep(20);
        Files.writeString(jar, "xyz");
        Files.setLastModifiedTime(jar, LONG_AGO);
        assertThat(FileDigests.remembering(memory, false)
                        .of(List.of(jar))
                        .get(jar)
                        .hex())
                .isEqualTo(DigestUtils.sha256Hex("xyz"));
    }

    @Test
    void whatChangedJustNowOrIsASnapshotIsNotRemembered() throws Exception {
        FileDigests.remembering(memory, false).of(List.of(jar));
        assertThat(memory).content().doesNotContain("a b.jar");

        Path snapshot = Files.writeString(folder.resolve("a-1.0-SNAPSHOT.jar"), "abc");
        Thread.sleep(2100);
        FileDigests.remembering(memory, false).of(List.of(jar, snapshot));
        assertThat(memory).content().contains("a b.jar").doesNotContain("SNAPSHOT");
    }

    @Test
    void whatIsNoMemoryIsNoHarm() throws Exception {
        Files.createDirectories(memory.getParent());
        Random random = new Random(3);
        byte[] noise = new byte[5000];
        random.nextBytes(noise);
        for (byte[] content : List.of(
                noise,
                "\n\n\t\t\n".getBytes("UTF-8"),
                ("a".repeat(64) + "\t999999999999999999\t9999999999999999999\t1\t\t" + jar).getBytes("UTF-8"))) {
            Files.write(memory, content);
            assertThat(FileDigests.remembering(memory, false)
                            .of(List.of(jar))
                            .get(jar)
                            .hex())
                    .isEqualTo(DigestUtils.sha256Hex("abc"));
        }
    }

    @Test
    void filesThatAreGoneAreForgotten() throws Exception {
        rememberFalsely(FileIdentity.of(jar));
        Path other = Files.writeString(folder.resolve("other.jar"), "xyz");
        Files.delete(jar);
        Thread.sleep(2100);
        FileDigests.remembering(memory, false).of(List.of(other));
        assertThat(memory).content().contains("other.jar").doesNotContain("a b.jar");
    }

    private void rememberFalsely(FileIdentity identity) throws IOException {
        DigestMemory.Content content = DigestMemory.Content.empty();
        content.put(jar, identity, FALSE);
        new DigestMemory(memory).write(content);
    }
}
