package io.github.mlmaven.mojo.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenLauncherTest {

    private static final Elsewhere PLACE = Elsewhere.than(ZoneId.of("Asia/Kathmandu"), Locale.GERMANY);

    @TempDir
    Path home;

    @Test
    void theSameMavenIsStartedWithTheSameOptionsButThoseOfThisProcess() throws Exception {
        Path jar =
                Files.createFile(Files.createDirectories(home.resolve("boot")).resolve("plexus-classworlds-2.9.0.jar"));
        MavenLauncher launcher = new MavenLauncher(
                Path.of("java"),
                home,
                List.of("-Xmx1g", "-agentlib:jdwp=server=y", "-Dmaven.multiModuleProjectDirectory=/project", "-Da=b"));

        assertThat(launcher.arguments(PLACE, Path.of("copy"), List.of("package")))
                .containsExactly(
                        "-Duser.timezone=America/St_Johns",
                        "-Duser.language=fr",
                        "-Duser.country=FR",
                        "-Xmx1g",
                        "-Da=b",
                        "-classpath",
                        jar.toString(),
                        "-Dclassworlds.conf=" + home.resolve("bin").resolve("m2.conf"),
                        "-Dmaven.home=" + home,
                        "-Dmaven.multiModuleProjectDirectory=copy",
                        "org.codehaus.plexus.classworlds.launcher.Launcher",
                        "package");
    }

    @Test
    void aMavenWithoutItsLauncherIsTold() {
        MavenLauncher launcher = new MavenLauncher(Path.of("java"), home, List.of());

        assertThat(assertThrows(IOException.class, () -> launcher.arguments(PLACE, home, List.of())))
                .hasMessage("a second build needs the launcher of the Maven that runs; expected plexus-classworlds*.jar"
                        + " in " + home.resolve("boot") + ", found none. Start Maven by its own command");
    }
}
