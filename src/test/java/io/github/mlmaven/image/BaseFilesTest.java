package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BaseFilesTest {

    private final BaseFiles files = new BaseFiles();

    @Test
    void whatIsHiddenIsNotThereWhateverItIsHiddenBy() throws Exception {
        for (String upper : new String[] {"opt/java", "opt/java->elsewhere", "opt/.wh.java", "opt/java/.wh..wh..opq"}) {
            files.add(TextLayer.of("opt/java/bin/java", "opt/java-21/bin/java", "opt/java.txt", "opt/java0"));
            files.add(TextLayer.of(upper));
            assertThat(files.resolve("/opt/java/bin/java")).as(upper).isEmpty();
            assertThat(files.resolve("/opt/java-21/bin/java")).as(upper).isPresent();
            assertThat(files.resolve("/opt/java.txt")).as(upper).isPresent();
            assertThat(files.resolve("/opt/java0")).as(upper).isPresent();
        }
    }

    @Test
    void whatALayerHidesIsBelowItWhereverItSaysThat() throws Exception {
        files.add(TextLayer.of("opt/java/bin/java"));
        files.add(TextLayer.of("opt/java/lib/modules", "opt/java/.wh..wh..opq"));
        assertThat(files.resolve("/opt/java/bin/java")).isEmpty();
        assertThat(files.resolve("/opt/java/lib/modules")).isPresent();
    }

    @Test
    void manyLinksOverAsManyFilesAreSoonRead() throws Exception {
        String[] lower = new String[20_000];
        String[] upper = new String[20_000];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = "f/" + i;
            upper[i] = "f/" + i + "->" + (i - 1);
        }
        files.add(TextLayer.of(lower));
        files.add(TextLayer.of(upper));
        assertThat(files.resolve("/f/" + 30)).isEmpty();
    }
}
