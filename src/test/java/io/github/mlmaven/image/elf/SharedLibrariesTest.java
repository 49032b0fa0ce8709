package io.github.mlmaven.image.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.fornwall.jelf.ElfFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final int MACHINE =
            System.getProperty("os.arch").equals("amd64") ? ElfFile.ARCH_X86_64 : ElfFile.ARCH_AARCH64;

    @BeforeEach
    void onLinux() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    }

    @Test
    void findsWhatAProgramNeedsAndWhatThatNeeds() throws IOException {
        Path libjvm = JAVA.resolve("../../lib/server/libjvm.so").normalize();
        Path libjli = JAVA.resolve("../../lib/libjli.so").normalize();
        SharedLibraries.Closure closure = libraries().closure(List.of(JAVA, libjvm, libjli));
        assertThat(closure.missing()).isEmpty();
        assertThat(closure.files().keySet())
                .anyMatch(path -> path.matches("/lib64/ld-linux-x86-64.so.2|/lib/ld-linux-aarch64.so.1"))
                .anyMatch(path -> path.endsWith("/libc.so.6"))
                .noneMatch(path -> path.contains("libjli"));
        assertThat(closure.files().values()).noneMatch(Files::isSymbolicLink);
    }

    @Test
    void namesWhatIsNowhereAndWhoNeedsIt(@TempDir Path empty) throws IOException {
        SharedLibraries.Closure closure =
                new SharedLibraries(SystemRoot.MACHINE, List.of(empty), MACHINE).closure(List.of(JAVA));
        assertThat(closure.missing()).contains(new SharedLibraries.Missing("libc.so.6", JAVA));
    }

    @Test
    void passesOverLibrariesOfOtherMachinesAsTheLoaderDoes() throws IOException {
        int other = ElfFile.ARCH_RISCV;
        assertThat(libraries(SystemRoot.MACHINE, other).closure(List.of(JAVA)).missing())
                .contains(new SharedLibraries.Missing("libc.so.6", JAVA));
    }

    @Test
    void findsWhatAnotherSystemHasByItsPathsThere(@TempDir Path folder) throws IOException {
        Map<String, Path> here = libraries().closure(List.of(JAVA)).files();
        SystemRoot root = new SystemRoot(folder);
        for (Map.Entry<String, Path> library : here.entrySet()) {
            Path there = folder.resolve(library.getKey().substring(1));
            Path target = folder.resolve("opt").resolve(library.getValue().getFileName());
            Files.createDirectories(there.getParent());
            Files.createDirectories(target.getParent());
            Files.copy(library.getValue(), target);
            Files.createSymbolicLink(there, Path.of("/opt").resolve(target.getFileName()));
        }
        SharedLibraries.Closure closure = libraries(root, MACHINE).closure(List.of(JAVA));
        assertThat(closure.files().keySet()).isEqualTo(here.keySet());
        assertThat(closure.files().values()).allMatch(file -> file.startsWith(folder.resolve("opt")));
    }

    @Test
    void refusesWhatIsNoProgram(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("libx.so"), "not a library, but long enough to be read as one");
        assertThatThrownBy(() -> libraries().closure(List.of(text)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(text + " is not a program or library of this system: ");
    }

    @Test
    void refusesWhatIsCutOff(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(JAVA);
        for (int size : new int[] {20, 64, 200, 4096, whole.length / 2}) {
            Path cut = Files.write(folder.resolve("java"), Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> libraries().closure(List.of(cut)))
                    .as(size + " bytes")
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(cut + " is not a program or library of this system: ");
        }
    }

    private static SharedLibraries libraries() {
        return libraries(SystemRoot.MACHINE, MACHINE);
    }

    private static SharedLibraries libraries(SystemRoot root, int machine) {
        String multiarch = System.getProperty("os.arch").equals("amd64") ? "x86_64-linux-gnu" : "aarch64-linux-gnu";
        return new SharedLibraries(root, SharedLibraries.standardFolders(multiarch), machine);
    }
}
