package io.github.mlmaven.image.reproduce;

import static io.github.mlmaven.image.reproduce.TarLayers.compressed;
import static io.github.mlmaven.image.reproduce.TarLayers.entry;
import static io.github.mlmaven.image.reproduce.TarLayers.layer;
import static io.github.mlmaven.image.reproduce.TarLayers.link;
import static io.github.mlmaven.image.reproduce.TarLayers.tar;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.WrittenImage;
import io.github.mlmaven.image.layer.Blob;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which two builds of an image can differ, and what is said of it. */
class ImageComparisonTest {

    private static final String PLACE = "target/add-sub-1.4.0-image.tar";
    private static final String ERROR = "ML-IMAGE-REPRODUCE: " + PLACE;
    private static final String NEXT = " Let the build write the same bytes every time: set"
            + " project.build.outputTimestamp, write no time, random number, folder or user into a file, pin the"
            + " versions of plugins and dependencies.";
    private static final String FIND = " Find out what writes it in another way each time.";

    @TempDir
    Path folder;

    @Test
    void nothingIsSaidOfTheSame() throws Exception {
        assertThat(compare(
                        List.of(layer("application", entry("a", "1"))), List.of(layer("application", entry("a", "1")))))
                .isEmpty();
    }

    @Test
    void aFileWithOtherContentIsNamedWithBothDigests() throws Exception {
        StoredLayer first = layer("application", entry("app/classes/built.txt", "one"), entry("app/classes/same", "1"));
        StoredLayer second =
                layer("application", entry("app/classes/built.txt", "three"), entry("app/classes/same", "1"));

        assertThat(compare(List.of(first), List.of(second)))
                .containsExactly(
                        ERROR + ": layer application is not the same in a second build: one of its files differs;"
                                + " expected " + first.digest() + ", found " + second.digest() + "." + NEXT,
                        ERROR + "!/app/classes/built.txt: layer application: it differs in its content, size;"
                                + " expected sha256:" + DigestUtils.sha256Hex("one") + ", 3 bytes, found sha256:"
                                + DigestUtils.sha256Hex("three") + ", 5 bytes." + FIND);
    }

    @Test
    void everythingThatATarKnowsOfAFileIsCompared() throws Exception {
        assertThat(file(entry("a", "1", e -> e.setMode(0600))))
                .isEqualTo("it differs in its mode; expected 0644, found 0600." + FIND);
        assertThat(file(entry("a", "1", e -> e.setModTime(61_000L))))
                .isEqualTo("it differs in its time; expected 1970-01-01T00:00:01Z, found 1970-01-01T00:01:01Z." + FIND);
        assertThat(file(entry("a", "1", e -> {
                    e.setIds(1000, 1001);
                    e.setNames("ann", "staff");
                })))
                .isEqualTo("it differs in its owner; expected 0:0 (:), found 1000:1001 (ann:staff)." + FIND);
        assertThat(file(entry("a", "1", e -> e.addPaxHeader("SCHILY.xattr.user.a", "b"))))
                .isEqualTo("it differs in its extended header; expected {}, found {SCHILY.xattr.user.a=b}." + FIND);
    }

    @Test
    void aLinkThatLeadsElsewhereIsNamed() throws Exception {
        assertThat(compare(List.of(layer("base", link("lib", "usr/lib"))), List.of(layer("base", link("lib", "lib64"))))
                        .get(1))
                .isEqualTo(ERROR + "!/lib: layer base: it differs in its link target; expected \"usr/lib\", found"
                        + " \"lib64\"." + FIND);
    }

    @Test
    void aFileThatIsOnlyInOneIsNamed() throws Exception {
        StoredLayer small = layer("natives", entry("a", "1"));
        StoredLayer large = layer("natives", entry("a", "1"), entry("b", "2"));

        assertThat(compare(List.of(large), List.of(small)).get(1))
                .isEqualTo(ERROR + "!/b: layer natives: it is only in the first build; expected the file, found no such"
                        + " file." + FIND);
        assertThat(compare(List.of(small), List.of(large)).get(1))
                .isEqualTo(ERROR + "!/b: layer natives: it is only in the second build; expected no such file, found"
                        + " the file." + FIND);
    }

    @Test
    void noMoreThanTwentyFilesOfALayerAreNamed() throws Exception {
        List<String> findings = compare(List.of(numbered("one")), List.of(numbered("two")));

        assertThat(findings).hasSize(21);
        assertThat(findings.get(0))
                .contains("layer application is not the same in a second build: 25 of its files differ, 20 of which are"
                        + " named, and 5 more; expected ");
        assertThat(findings.get(20)).startsWith(ERROR + "!/19: ");
    }

    @Test
    void filesInAnotherOrderAreToldFromOtherFiles() throws Exception {
        StoredLayer first = layer("application", entry("a", "1"), entry("b", "2"));
        StoredLayer second = layer("application", entry("b", "2"), entry("a", "1"));

        assertThat(compare(List.of(first), List.of(second)))
                .containsExactly(ERROR + ": layer application is not the same in a second build: its files are, but in"
                        + " another order; expected " + first.digest() + ", found " + second.digest() + "." + NEXT);
    }

    @Test
    void theSameFilesCompressedInAnotherWayAreSaidToBeThat() throws Exception {
        Blob tar = tar(entry("a", "1".repeat(10_000)));
        StoredLayer first = compressed(tar, Deflater.BEST_COMPRESSION);
        StoredLayer second = compressed(tar, Deflater.NO_COMPRESSION);

        assertThat(compare(List.of(first), List.of(second)))
                .containsExactly(ERROR
                        + ": layer dependencies is not the same in a second build: its files are, but they"
                        + " are compressed to other bytes; expected " + first.digest() + ", found " + second.digest()
                        + ". Run both builds with the same version of the plugin.");
    }

    @Test
    void filesInCompressedLayersAreNamedToo() throws Exception {
        StoredLayer first = compressed(tar(entry("app/lib/a.jar", "1")), Deflater.DEFAULT_COMPRESSION);
        StoredLayer second = compressed(tar(entry("app/lib/a.jar", "2")), Deflater.DEFAULT_COMPRESSION);

        assertThat(compare(List.of(first), List.of(second)).get(1))
                .startsWith(ERROR + "!/app/lib/a.jar: layer dependencies: it differs in its content; expected sha256:");
    }

    @Test
    void layersInAnotherOrderAreSaidToBeThat() throws Exception {
        StoredLayer natives = layer("natives", entry("n", "1"));
        StoredLayer application = layer("application", entry("a", "1"));

        assertThat(compare(List.of(natives, application), List.of(application, natives)))
                .containsExactly(ERROR + ": the layers are not in the same order in a second build; expected natives,"
                        + " application, found application, natives." + NEXT);
    }

    @Test
    void aLayerThatIsOnlyInOneIsNamed() throws Exception {
        StoredLayer natives = layer("natives", entry("n", "1"));
        StoredLayer application = layer("application", entry("a", "1"));

        assertThat(compare(List.of(natives, application), List.of(application)))
                .containsExactly(ERROR + ": layer natives is only in the image of the first build; expected "
                        + natives.digest() + ", found no such layer." + NEXT);
    }

    @Test
    void layersOfOneNameAreComparedInTheirOrder() throws Exception {
        StoredLayer lower = layer("base", entry("a", "1"));

        assertThat(compare(
                        List.of(lower, layer("base", entry("b", "1"))), List.of(lower, layer("base", entry("b", "2")))))
                .hasSize(2)
                .first()
                .asString()
                .startsWith(ERROR + ": layer base 2 is not the same in a second build: one of its files differs;");
    }

    @Test
    void aValueOfTheConfigurationIsNamedByItsPointer() throws Exception {
        List<StoredLayer> layers = List.of(layer("application", entry("a", "1")));
        ImageLayout first = read(WrittenImage.write(folder.resolve("first"), "BUILT=10:00", layers));
        ImageLayout second = read(WrittenImage.write(folder.resolve("second"), "BUILT=10:01", layers));

        assertThat(ImageComparison.compare(first, second, PLACE).stream().map(Finding::line))
                .containsExactly(
                        ERROR + ": the configuration's /config/Env/1 is not the same in a second build; expected"
                                + " \"BUILT=10:00\", found \"BUILT=10:01\"." + NEXT);
    }

    @Test
    void ofSeveralPlatformsItIsSaidOnceAndForWhich() throws Exception {
        StoredLayer base = layer("base", entry("java", "1"));
        StoredLayer same = layer("application", entry("a", "1"));
        ImageLayout first = read(WrittenImage.writeBoth(folder.resolve("first"), List.of(base, same)));
        ImageLayout application = read(WrittenImage.writeBoth(
                folder.resolve("application"), List.of(base, layer("application", entry("a", "2")))));
        ImageLayout java =
                read(WrittenImage.writeBoth(folder.resolve("java"), List.of(layer("base", entry("java", "2")), same)));

        assertThat(ImageComparison.compare(first, application, PLACE))
                .extracting(Finding::place)
                .containsExactly(PLACE + ", linux/amd64", PLACE + ", linux/amd64!/a");
        assertThat(ImageComparison.compare(first, java, PLACE))
                .extracting(Finding::place)
                .containsExactly(PLACE + ", linux/arm64", PLACE + ", linux/arm64!/java");
        assertThat(ImageComparison.compare(first, first, PLACE)).isEmpty();
    }

    @Test
    void otherPlatformsAreNamed() throws Exception {
        StoredLayer layer = layer("application", entry("a", "1"));
        ImageLayout both = read(WrittenImage.writeBoth(folder.resolve("first"), List.of(layer, layer)));
        ImageLayout one = read(WrittenImage.write(folder.resolve("second"), "A=1", List.of(layer)));

        assertThat(ImageComparison.compare(both, one, PLACE).stream().map(Finding::line))
                .containsExactly(ERROR + ": the image is not for the same platforms in a second build; expected"
                        + " linux/amd64, linux/arm64, found linux/amd64." + NEXT);
    }

    /** What is said of the file a when the second build has this one. */
    private String file(TarLayers.Entry other) throws Exception {
        List<String> findings =
                compare(List.of(layer("application", entry("a", "1"))), List.of(layer("application", other)));
        assertThat(findings).hasSize(2);
        String start = ERROR + "!/a: layer application: ";
        assertThat(findings.get(1)).startsWith(start);
        return findings.get(1).substring(start.length());
    }

    private List<String> compare(List<StoredLayer> first, List<StoredLayer> second) throws Exception {
        ImageLayout one = read(WrittenImage.write(folder.resolve("first"), "A=1", first));
        ImageLayout other = read(WrittenImage.write(folder.resolve("second"), "A=1", second));
        return ImageComparison.compare(one, other, PLACE).stream()
                .map(Finding::line)
                .toList();
    }

    private static ImageLayout read(WrittenImage image) throws Exception {
        return ImageLayout.read(image.tar(), image.json());
    }

    private static StoredLayer numbered(String content) throws IOException {
        return layer(
                "application",
                IntStream.range(0, 25)
                        .mapToObj(i -> entry("%02d".formatted(i), content))
                        .toArray(TarLayers.Entry[]::new));
    }
}
