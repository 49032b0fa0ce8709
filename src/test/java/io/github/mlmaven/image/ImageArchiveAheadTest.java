package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** What is written of a tar before there is an image. */
class ImageArchiveAheadTest extends ImageArchiveFixture {

    @Test
    void whatWasWrittenAheadIsNotWrittenAgain() throws Exception {
        ahead(archive("a"), model("one"), model("two"));
        assertThat(writes).containsExactly("one", "two");
        assertThat(archive("a").tar()).doesNotExist();
        writes.clear();

        write(archive("a"), plain("base"), model("one"), model("two"), plain("classes"));

        assertThat(writes).containsExactly("base", "classes");
        assertSameAsFresh(plain("base"), model("one"), model("two"), plain("classes"));
    }

    @Test
    void onlyWhatIsMissingIsWrittenAhead() throws Exception {
        write(archive("a"), model("one"), model("two"), plain("classes"));
        archive("a").setAside();
        writes.clear();

        ahead(archive("a"), model("one"));
        assertThat(writes).isEmpty();
        ahead(archive("a"), model("one"), model("2"));
        assertThat(writes).containsExactly("2");
        writes.clear();

        write(archive("a"), model("one"), model("2"), plain("classes"));
        assertThat(writes).containsExactly("classes");
        assertSameAsFresh(model("one"), model("2"), plain("classes"));
    }

    @Test
    void whatWasWrittenAheadGoesWithABuildThatFailsAndNothingElse() throws Exception {
        ahead(archive("a"), model("one"));
        archive("a").giveUp();
        assertThat(folder.resolve("a")).isEmptyDirectory();
        assertThat(archive("a").contents()).doesNotExist();

        write(archive("a"), model("one"), plain("classes"));
        archive("a").setAside();
        ahead(archive("a"), model("one"));
        archive("a").giveUp();
        writes.clear();
        write(archive("a"), model("one"), plain("other classes"));
        assertThat(writes).containsExactly("other classes");
    }

    @Test
    void aModelThatChangesWhileItIsWrittenAheadLeavesNothing() throws Exception {
        byte[] bytes = "the model".getBytes(StandardCharsets.UTF_8);
        Digest digest = new Digest(DigestUtils.sha256Hex(bytes));
        StoredLayer changed = new StoredLayer(
                "model",
                LayerStore.TAR,
                digest,
                bytes.length,
                digest,
                bytes.length,
                out -> out.write("the other".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> ahead(archive("a"), changed))
                .isInstanceOf(ChangedLayerException.class)
                .hasMessage("layer model changed while it was written");
        assertThat(folder.resolve("a")).isEmptyDirectory();
    }

    private static void ahead(ImageArchive archive, StoredLayer... models) throws IOException {
        Files.createDirectories(archive.tar().getParent());
        archive.ahead(Arrays.stream(models).map(OciLayout::part).toList(), ImageProgress.NONE);
    }
}
