package io.github.mlmaven.image.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemRootTest {

    @TempDir
    Path folder;

    private SystemRoot root;
    private Path libc;

    @BeforeEach
    void aSystemWithOneLibrary() throws IOException {
        root = new SystemRoot(Files.createDirectories(folder.resolve("root")));
        libc = root.folder().resolve("usr/lib/aarch64-linux-gnu/libc-2.36.so");
        Files.createDirectories(libc.getParent());
        Files.writeString(libc, "C");
        Files.writeString(folder.resolve("outside"), "not of the system");
    }

    @Test
    void linksLeadWhereTheyLeadThere() throws IOException {
        link("lib", "usr/lib");
        link("usr/lib/aarch64-linux-gnu/libc.so.6", "libc-2.36.so");
        link("etc/alternatives", "/usr/lib/aarch64-linux-gnu");
        link("usr/lib/up", "../../../../../usr");
        assertThat(file("/lib/aarch64-linux-gnu/libc.so.6")).isEqualTo(libc);
        assertThat(file("/etc/alternatives/libc.so.6")).isEqualTo(libc);
        assertThat(file("/usr/lib/up/lib/./aarch64-linux-gnu/../aarch64-linux-gnu/libc-2.36.so"))
                .isEqualTo(libc);
    }

    @Test
    void nothingLeadsOut() throws IOException {
        link("up", "../outside");
        link("over", folder.resolve("outside").toString());
        assertThat(root.file(Path.of("/up"))).isEmpty();
        assertThat(root.file(Path.of("/over"))).isEmpty();
        assertThat(root.file(Path.of("/../outside"))).isEmpty();
        SystemRoot otherwise = new SystemRoot(root.folder().resolve("usr/.."));
        assertThat(otherwise.file(Path.of("/usr/../../outside"))).isEmpty();
    }

    @Test
    void whatIsNoFileIsNone() throws IOException {
        link("a", "b");
        link("b", "a");
        assertThat(root.file(Path.of("/a"))).isEmpty();
        assertThat(root.file(Path.of("/usr/lib"))).isEmpty();
        assertThat(root.file(Path.of("/usr/lib/aarch64-linux-gnu/libc-2.36.so/x")))
                .isEmpty();
    }

    private Path file(String path) throws IOException {
        return root.file(Path.of(path)).orElseThrow();
    }

    private void link(String path, String target) throws IOException {
        Path link = root.folder().resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }
}
