package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutPart;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class ImageArchiveTest extends ImageArchiveFixture {

    @Test
    void whatIsTheSameFromTheBeginningOnIsNotWrittenAgain() throws Exception {
        write(archive("a"), model("one"), plain("base"), plain("classes"));
        writes.clear();

        write(archive("a"), model("one"), plain("base"), plain("other classes"));

        assertThat(writes).containsExactly("other classes");
        assertSameAsFresh(model("one"), plain("base"), plain("other classes"));
    }

    @Test
    void theModelComesFirstSoThatItStaysWhenTheBaseChanges() throws Exception {
        write(archive("a"), plain("base"), model("one"), model("two"), plain("classes"));
        writes.clear();

        write(archive("a"), plain("newer base"), model("one"), model("2"), plain("classes"));

        assertThat(writes).containsExactly("2", "newer base", "classes");
        assertSameAsFresh(plain("newer base"), model("one"), model("2"), plain("classes"));
    }

    @Test
    void whatPlatformsHaveByThemselvesStaysWhenTheApplicationChanges() throws Exception {
        OciImage first = SmallImage.forBoth(folder, "the model", "a class");
        archive("a").write(first, ImageProgress.NONE);
        byte[] before = Files.readAllBytes(archive("a").tar());
        archive("a").setAside();
        OciImage second = SmallImage.forBoth(folder, "the model", "another class");
        archive("a").write(second, ImageProgress.NONE);

        byte[] after = Files.readAllBytes(archive("a").tar());
        assertThat(Arrays.mismatch(before, after)).isGreaterThan(endOf(first, 5));
        List<String> paths =
                second.layout().blobs().stream().map(LayoutPart::path).toList();
        assertThat(paths).hasSize(11).doesNotHaveDuplicates();
        assertThat(paths.get(0)).isEqualTo(OciLayout.path(first.layers().get(2).digest()));
        assertThat(paths.get(10)).isEqualTo(OciLayout.path(second.digest()));
        archive("a").setAside();
        assertThat(archive("a").restore(second.digest())).isTrue();
    }

    /** Where the layers of the first image end that the second has too. */
    private static int endOf(OciImage image, int layers) {
        return (int) image.layout().blobs().subList(0, layers).stream()
                .mapToLong(LayoutPart::size)
                .sum();
    }

    @Test
    void anImageThatIsTheSameIsNotWrittenAtAll() throws Exception {
        OciImage image = write(archive("a"), model("one"), plain("classes"));
        FileTime written = Files.getLastModifiedTime(archive("a").tar());
        archive("a").setAside();
        assertThat(archive("a").tar()).doesNotExist();

        assertThat(archive("a").restore(new Digest("0".repeat(64))))
                .as("another image")
                .isFalse();
        assertThat(archive("a").restore(image.digest())).isTrue();

        assertThat(Files.getLastModifiedTime(archive("a").tar())).isEqualTo(written);
        assertThat(archive("a").restore(image.digest()))
                .as("there is nothing beside it any more")
                .isFalse();
    }

    /** Other bytes for the same content would be another image for every user: only a decision may change this. */
    @Test
    void aFixedInputHasAFixedDigest() throws Exception {
        Path weights = Files.writeString(folder.resolve("weights.bin"), "weights");
        Layer model = new Layer(
                "model/m",
                Layer.Compression.NONE,
                List.of(new LayerEntry.Copy("/app/model/m/1/weights.bin", LayerEntry.PLAIN, weights)));
        Layer application = new Layer(
                "application",
                Layer.Compression.GZIP,
                List.of(new LayerEntry.Text("/app/classes/a.txt", LayerEntry.PLAIN, "text ".repeat(1000))));
        LayerStore store = new LayerStore(folder.resolve("layers"), FileDigests.reading());

        write(archive("a"), store.store(model), store.store(application));

        assertThat(DigestUtils.sha256Hex(Files.readAllBytes(archive("a").tar())))
                .isEqualTo("4c5c6891624865f00266e427b76f078923b7389977ed73474bda25aace13febc");
    }

    /** Size and time may be as they were, what tells is that the inode changed. */
    @Test
    void aTarThatSomebodyChangedIsWrittenFromTheBeginning() throws Exception {
        ImageArchive archive = archive("a");
        write(archive, model("one"), plain("classes"));
        FileTime written = Files.getLastModifiedTime(archive.tar());
        try (RandomAccessFile file = new RandomAccessFile(archive.tar().toFile(), "rw")) {
            file.seek(2000);
            file.write('x');
        }
        Files.setLastModifiedTime(archive.tar(), written);
        writes.clear();

        write(archive, model("one"), plain("classes"));

        assertThat(writes).containsExactly("one", "classes");
        assertSameAsFresh(model("one"), plain("classes"));
    }

    @Test
    void whatAKilledBuildLeftIsWrittenFromTheBeginning() throws Exception {
        ImageArchive archive = archive("a");
        write(archive, model("one"), plain("classes"));
        archive.setAside();
        // Killed while it wrote: the part is there, and nothing says what is in it.
        Files.delete(archive.contents());
        writes.clear();

        archive.setAside();
        assertThat(archive.restore(new Digest("0".repeat(64)))).isFalse();
        write(archive, model("one"), plain("classes"));

        assertThat(writes).containsExactly("one", "classes");
        assertSameAsFresh(model("one"), plain("classes"));
    }

    /** A process id that nobody has any more, and one that somebody has. */
    @Test
    void halvesOfBuildsThatWereKilledAreSwept() throws Exception {
        ImageArchive archive = archive("a");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(archive.tar().getParent());
        Path half = Files.writeString(archive.tar().resolveSibling(".image.tar." + gone.pid() + ".part"), "x");
        Path writing = Files.writeString(
                archive.tar()
                        .resolveSibling(".image.tar." + ProcessHandle.current().pid() + ".part"),
                "x");
        Path others = Files.writeString(archive.tar().resolveSibling(".image.tar.x.part"), "x");

        archive.setAside();

        assertThat(half).doesNotExist();
        assertThat(writing).exists();
        assertThat(others).exists();
    }

    @Test
    void aLayerThatChangesMeanwhileLeavesNothingBehind() throws Exception {
        StoredLayer layer = plain("classes");
        StoredLayer changed = new StoredLayer(
                layer.name(),
                layer.mediaType(),
                layer.digest(),
                layer.size(),
                layer.diffId(),
                layer.tarSize(),
                out -> out.write("CLASSES".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> write(archive("a"), model("one"), changed))
                .isInstanceOf(ChangedLayerException.class)
                .hasMessage("layer classes changed while it was written");

        assertThat(folder.resolve("a")).isEmptyDirectory();
    }

    @Test
    void whatIsNoListOfContentsCountsForNothing() throws Exception {
        ImageArchive archive = archive("a");
        write(archive, model("one"), plain("classes"));
        String contents = Files.readString(archive.contents());
        for (String broken :
                List.of("", "\n", contents.replace('\t', ' '), contents.replaceAll("(?m)^\\d+\tblobs", "x\tblobs"))) {
            Files.writeString(archive.contents(), broken);
            writes.clear();
            write(archive, model("one"), plain("classes"));
            assertThat(writes).containsExactly("one", "classes");
            assertSameAsFresh(model("one"), plain("classes"));
        }
    }
}
