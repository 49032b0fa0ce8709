package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are built again: elsewhere, unchanged, with what an earlier build left. */
class ImageRebuildTest {

    @TempDir
    static Path shared;

    private static SampleProject project;
    private static ImageResult result;

    @BeforeAll
    static void build() throws Exception {
        SampleProject.assumeLinuxAmd64();
        project = SampleProject.create(shared, StandIn.answering(StandIn.RIGHT));
        result = builder().build(project.request().build());
    }

    @Test
    void isTheSameFromAnotherFolderWithOtherTimesPermissionsUserAndZone(@TempDir Path other) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path folder = other.resolve("my models é");
        ProcessBuilder build = new ProcessBuilder(
                "sh",
                "-c",
                "umask 077; exec \"$0\" \"$@\"",
                java,
                "-Duser.name=somebody",
                "-Duser.language=tr",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                SampleProject.class.getName(),
                folder.toString(),
                folder.resolve("cold").toString());
        build.environment().put("TZ", "Asia/Kathmandu");
        build.environment().put("LC_ALL", "C.UTF-8");
        Process process = build.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String digest = new String(process.getInputStream().readAllBytes(), "UTF-8").strip();

        SampleProject again = SampleProject.create(other.resolve("plain"), StandIn.answering(StandIn.RIGHT));
        for (Path file : Folders.files(again.classes())) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        ImageResult plain = builder().build(again.request().build());

        assertThat(process.waitFor()).isZero();
        assertThat(digest).isEqualTo(plain.digest().toString());
        assertThat(folder.resolve("target/add-sub-1.4.0-image.tar")).hasSameBinaryContentAs(again.tar());
    }

    @Test
    void leavesNoTarWhenTheServerDoesNotAnswerAsItShould(@TempDir Path folder) throws Exception {
        SampleProject broken = SampleProject.create(folder, "System.out.println(\"no licence\"); System.exit(3);");
        Files.createDirectories(broken.tar().getParent());
        Files.writeString(broken.tar(), "of an earlier build");

        assertThatThrownBy(() -> builder().build(broken.request().build()))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-SMOKE: image: the packaged server ended before it was ready;"
                        + " expected a line \"ready on port N\" within 60 s, found exit code 3, last output: no licence."
                        + " All that the server printed is in target/ml/image/smoke.log.");
        assertThat(Files.list(broken.tar().getParent()))
                .extracting(p -> p.getFileName().toString())
                .containsExactlyInAnyOrder("classes", "ml", "ml-maven-plugin-serving.jar");
    }

    @Test
    void anImageOfTheSameIsNeitherWrittenNorTriedAgain(@TempDir Path folder) throws Exception {
        SampleProject same = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT));
        Path plugin = Files.writeString(folder.resolve("plugin.jar"), "1");
        List<String> log = new ArrayList<>();
        ImageBuilder builder = new ImageBuilder(Machine.current(), log::add);
        ImageRequest.Builder request = same.request().plugin(plugin);
        ImageResult first = builder.build(request.build());
        FileTime written = Files.getLastModifiedTime(same.tar());
        log.clear();

        assertThat(builder.build(request.build())).isEqualTo(first);
        assertThat(log).containsExactly("Nothing has changed since the image was built and tried");
        assertThat(Files.getLastModifiedTime(same.tar())).isEqualTo(written);

        log.clear();
        assertThat(builder.build(request.reuse(false).build())).isEqualTo(first);
        assertThat(log).contains("Starting what was assembled");
        log.clear();
        Files.writeString(plugin, "2");
        assertThat(builder.build(request.reuse(true).build())).isEqualTo(first);
        assertThat(log).contains("Starting what was assembled");
    }

    @Test
    void usesWhatAnEarlierBuildLinkedAndCompressed(@TempDir Path folder) throws Exception {
        Path own = copyOfTheCache(folder);
        Map<Path, FileTime> before = times(own);
        assertThat(before).hasSizeGreaterThan(1);
        assertThat(builder().build(project.request().cache(own).build())).isEqualTo(result);
        assertThat(times(own)).isEqualTo(before);
    }

    @Test
    void aKeptRuntimeThatSomebodyChangedIsLinkedAnew(@TempDir Path folder) throws Exception {
        Path own = copyOfTheCache(folder);
        List<Path> releases = Folders.files(own.resolve("jdk")).stream()
                .filter(file -> file.endsWith("release"))
                .toList();
        for (Path release : releases) {
            Files.writeString(release, "JAVA_VERSION=\"1.0\"\n");
        }
        assertThat(builder().build(project.request().cache(own).build()).digest())
                .isEqualTo(result.digest());
        List<String> now = new ArrayList<>();
        for (Path release : releases) {
            now.add(Files.readString(release));
        }
        assertThat(now)
                .filteredOn(text -> !text.contains("\"1.0\""))
                .as("that which was needed")
                .hasSize(1);
    }

    private static Path copyOfTheCache(Path folder) throws Exception {
        Path copy = folder.resolve("cache");
        // It fails for what another test's build is writing just now and then moves.
        new ProcessBuilder("cp", "-r", SampleProject.CACHE.toString(), copy.toString())
                .start()
                .waitFor();
        assertThat(copy.resolve("jdk")).isDirectory();
        return copy;
    }

    /** When what is large was written; the texts beside it have the time of the last use. */
    private static Map<Path, FileTime> times(Path folder) throws Exception {
        Map<Path, FileTime> times = new TreeMap<>();
        for (Path file : Folders.files(folder)) {
            if (file.toString().endsWith(".tar.gz") || file.endsWith("lib/modules")) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private static ImageBuilder builder() {
        return new ImageBuilder(Machine.current(), line -> {});
    }
}
