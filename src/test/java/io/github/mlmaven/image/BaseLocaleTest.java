package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.verify.VerifiedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bases with and without a locale of UTF-8; that it matters is DockerTest's. */
class BaseLocaleTest {

    private static final String NEXT = ". Rename the file, or set ml.image.base to an image with that locale, for"
            + " example eclipse-temurin:17-jre.";

    @TempDir
    Path folder;

    @BeforeEach
    void namesBeyondAscii() {
        assumeTrue(System.getProperty("sun.jnu.encoding").equals("UTF-8"), "needs a locale of UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "LANG=en_US.UTF-8, usr/lib/locale/locale-archive,               true,  the locale en_US.UTF-8",
        "LANG=en_US.UTF-8, usr/lib/locale/en_US.utf8/LC_CTYPE,          true,  the locale en_US.UTF-8",
        "LANG=C.UTF-8,     usr/lib/locale/C.UTF-8/LC_CTYPE,             true,  the locale C.UTF-8",
        "LANG=C.utf8,      usr/lib/locale/C.utf8/LC_CTYPE,              true,  the locale C.utf8",
        "A=b,              usr/lib/locale/C.utf8/LC_CTYPE,              true,  the locale C.UTF-8",
        "LC_ALL=,          usr/lib/locale/C.utf8/LC_CTYPE,              true,  the locale C.UTF-8",
        "LC_ALL=C,         usr/lib/locale/C.utf8/LC_CTYPE,              false, the locale C",
        "LANG=de_DE,       usr/lib/locale/locale-archive,               false, the locale de_DE",
        "LANG=en_US.UTF-8, usr/lib/locale/C.utf8/LC_CTYPE,              false, the locale en_US.UTF-8 without its files",
        "A=b,              usr/lib/os-release,                          false, the locale C.UTF-8 without its files"
    })
    void aBaseHasOneWhenItAsksForItAndItsFilesAreThere(String variable, String file, boolean utf8, String found)
            throws Exception {
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.putObject("config").putArray("Env").add(variable);
        BaseFiles files = new BaseFiles();
        files.add(TextLayer.of(file));
        assertThat(BaseLocale.of("acme/jre:1", new BaseContents(config, List.of(), files)))
                .isEqualTo(new BaseLocale("acme/jre:1", utf8, found));
    }

    @Test
    void eachFileThatTheServerWouldNotFindIsRefused() throws Exception {
        VerifiedModel model =
                SampleProject.create(folder, "", ForeignNames.files()).model(List.of());
        assertThatThrownBy(() -> new BaseLocale("acme/jre:1", false, "the locale C").check(List.of(model)))
                .isInstanceOf(ImageException.class)
                .hasMessage(refused("acme/jre:1", ForeignNames.MODEL, "the locale C") + "\n"
                        + refused("acme/jre:1", ForeignNames.WEIGHTS, "the locale C"));
        new BaseLocale("acme/jre:1", true, "the locale C.UTF-8").check(List.of(model));
        VerifiedModel ascii = SampleProject.create(folder.resolve("ascii"), "").model(List.of());
        new BaseLocale("acme/jre:1", false, "the locale C").check(List.of(ascii));
    }

    @Test
    void aJdkWhoseMachineHasNoneIsRefused() throws Exception {
        SampleProject project = SampleProject.create(folder, "throw new Error(\"started\");", ForeignNames.files());
        BaseImage.Jdk jdk = (BaseImage.Jdk) project.request().build().base();
        assertThat(jdk.identity().libraries().keySet()).anyMatch(path -> path.endsWith("/LC_CTYPE"));
        SortedMap<String, Digest> libraries = new TreeMap<>(jdk.identity().libraries());
        libraries.keySet().removeIf(path -> path.endsWith("/LC_CTYPE"));
        BaseIdentity.Jdk without = new BaseIdentity.Jdk(
                jdk.identity().platform(),
                jdk.identity().vendor(),
                jdk.identity().version(),
                jdk.identity().modules(),
                libraries);
        ImageRequest request = project.request()
                .base(new BaseImage.Jdk(jdk.source(), List.of(), without))
                .build();
        String found = "no such file on the machine that builds";
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .hasMessage(
                        refused("jdk", ForeignNames.MODEL, found) + "\n" + refused("jdk", ForeignNames.WEIGHTS, found));
        assertThat(project.tar()).doesNotExist();
    }

    private static String refused(String base, String file, String found) {
        return "ML-IMAGE-BASE: src/main/model/" + file + ": the server would not find a file of this name in the image,"
                + " as the base " + base + " has no locale of UTF-8; expected a name in ASCII, or"
                + " /usr/lib/locale/C.utf8 in the base, found " + found + NEXT;
    }
}
