package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformFoldersTest {

    @TempDir
    Path folder;

    @Test
    void whatBuildsForOtherPlatformsAssembledIsNotLeft() throws Exception {
        PlatformFolders one = new PlatformFolders(folder, new TreeSet<>(Set.of(Platform.LINUX_AMD64)));
        PlatformFolders both = new PlatformFolders(folder, new TreeSet<>(Set.of(Platform.values())));
        assertThat(one.of(Platform.LINUX_AMD64)).isEqualTo(folder);
        Path single = fill(folder.resolve("rootfs/app/classes"));
        Path arm64 = fill(both.of(Platform.LINUX_ARM64).resolve("rootfs/app/classes"));
        Path layers = fill(folder.resolve("layers"));

        both.sweep();
        assertThat(List.of(arm64, layers)).allSatisfy(file -> assertThat(file).exists());
        assertThat(folder.resolve("rootfs")).doesNotExist();
        assertThat(single).doesNotExist();

        one.sweep();
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("layers"));
        assertThat(layers).exists();
    }

    private static Path fill(Path folder) throws Exception {
        return Files.writeString(Files.createDirectories(folder).resolve("a.txt"), "of an earlier build");
    }
}
