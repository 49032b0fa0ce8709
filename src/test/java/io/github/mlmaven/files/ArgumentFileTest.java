package io.github.mlmaven.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {

    @TempDir
    Path folder;

    @Test
    void aJvmReadsWhatWasWritten() throws Exception {
        List<String> hard = List.of(
                "-Da=two words",
                "-Db=\"quoted\"",
                "-Dc=back\\slash\\",
                "-Dd=line\nend\ttab",
                "-De=#no",
                "",
                "@f",
                "$x`y'");
        Path file = folder.resolve("with space.arguments");
        List<String> arguments =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), Printer.class.getName()));
        arguments.addAll(hard);
        ArgumentFile.write(file, arguments);

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).isZero();
        assertThat(Arrays.stream(printed.split("\\R", -1))
                        .filter(line -> line.startsWith("|"))
                        .map(line -> new String(Base64.getDecoder().decode(line.substring(1)), StandardCharsets.UTF_8)))
                .isEqualTo(hard);
    }

    @Test
    void nobodyElseCanReadIt() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = folder.resolve("arguments");
        ArgumentFile.writeSecret(file, List.of("-Dpassword=secret"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Prints its arguments. */
    static final class Printer {
        public static void main(String[] arguments) {
            for (String argument : arguments) {
                System.out.println("|" + Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
