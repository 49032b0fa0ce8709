package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.referrer.Attached;
import io.github.mlmaven.model.Digest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What refers to an image, as lines. */
class AttachedReportTest {

    private static final Digest IMAGE = new Digest("a".repeat(64));

    @Test
    void saysWhatIsAttachedWhereAndWhatListsIt() {
        Attached attached = new Attached(
                "registry.example.com/acme/m",
                IMAGE,
                List.of(
                        new Attached.Document("bom.json", new Digest("b".repeat(64))),
                        new Attached.Document("provenance.json", new Digest("c".repeat(64)))),
                Optional.of("sha256-" + IMAGE.hex()));
        assertThat(AttachedReport.lines(attached))
                .containsExactly(
                        "Attached to registry.example.com/acme/m@sha256:" + "a".repeat(64),
                        "  bom.json         sha256:" + "b".repeat(64),
                        "  provenance.json  sha256:" + "c".repeat(64),
                        "  listed under the tag sha256-" + "a".repeat(64));
    }
}
