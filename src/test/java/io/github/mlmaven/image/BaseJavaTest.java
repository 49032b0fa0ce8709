package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base images laid out as those that people use, and what is said of them. */
class BaseJavaTest {

    private static final String NEXT =
            " Set ml.image.base to an image with Java 17, for example eclipse-temurin:17-jre.";

    private final ObjectNode config = new ObjectMapper().createObjectNode();
    private final BaseFiles files = new BaseFiles();
    private final List<String> log = new ArrayList<>();

    @Test
    void theOneOfJavaHomeIsUsed() throws Exception {
        environment(
                "PATH=/opt/java/openjdk/bin:/usr/bin", "JAVA_HOME=/opt/java/openjdk", "JAVA_VERSION=jdk-17.0.19+10");
        layer("opt/java/openjdk/bin/java", "opt/java/openjdk/release=JAVA_VERSION=\"17.0.19\"\n");
        check();
        assertThat(log).isEmpty();
    }

    @Test
    void theOneOfThePathIsFoundThroughLinks() throws Exception {
        environment("PATH=/usr/local/bin:/usr/bin");
        layer(
                "./bin->usr/bin",
                "./usr/bin/java->/etc/alternatives/java",
                "./etc/alternatives/java->../../usr/lib/jvm/java-11-openjdk-amd64/bin/java",
                "./usr/lib/jvm/java-11-openjdk-amd64/bin/java",
                "./usr/lib/jvm/java-11-openjdk-amd64/release=IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"11.0.24\"\n");
        assertThatThrownBy(this::check)
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: acme/jre:1: the base image's Java is too old for the project's classes;"
                        + " expected Java 17 or later, found Java 11 (/usr/lib/jvm/java-11-openjdk-amd64/release says"
                        + " 11.0.24)." + NEXT);
    }

    @Test
    void withoutAPathTheStandardFoldersAreSearched() throws Exception {
        layer("usr/bin/java->/jvm/bin/java", "jvm/bin/java", "jvm/release=JAVA_VERSION=\"21\"\n");
        check();
        assertThat(log).isEmpty();
    }

    @Test
    void theOneOfAnOldJdkHasItsReleaseBesideItsJre() throws Exception {
        environment("JAVA_HOME=/opt/jdk/jre");
        layer("opt/jdk/jre/bin/java", "opt/jdk/release=JAVA_VERSION=\"1.8.0_412\"\n");
        assertThatThrownBy(this::check).hasMessageContaining("found Java 8 (/opt/jdk/release says 1.8.0_412).");
    }

    @Test
    void theVersionThatTheImageSaysCountsWhereTheJavaSaysNone() throws Exception {
        environment("JAVA_HOME=/opt/jre", "JAVA_VERSION=8u412");
        layer("opt/jre/bin/java");
        assertThatThrownBy(this::check)
                .hasMessage("ML-IMAGE-BASE: acme/jre:1: the base image's Java is too old for the project's classes;"
                        + " expected Java 17 or later, found Java 8 (JAVA_VERSION says 8u412)." + NEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "17, true",
        "17-ea, true",
        "17.0.2, true",
        "jdk-21.0.1+12, true",
        "jdk21, true",
        "16.0.2, false",
        "1.8.0_412, false",
        "jdk8u412-b08, false"
    })
    void everyFormOfAVersionIsUnderstood(String version, boolean accepted) throws Exception {
        environment("JAVA_HOME=/opt/jre", "JAVA_VERSION=" + version);
        layer("opt/jre/bin/java");
        if (accepted) {
            assertThatCode(this::check).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(this::check).isInstanceOf(ImageException.class);
        }
        assertThat(log).isEmpty();
    }

    @Test
    void oneThatTellsNoVersionIsUsedWithALine() throws Exception {
        environment("JAVA_HOME=/opt/jre");
        layer("opt/jre/bin/java");
        check();
        assertThat(log)
                .containsExactly("The base image does not tell the version of /opt/jre/bin/java; the project needs Java"
                        + " 17 or later");
    }

    @Test
    void aBaseWithoutJavaIsRefused() throws Exception {
        environment("PATH=/usr/bin:/bin");
        layer("usr/bin/python3", "usr/share/java/a.jar");
        assertThatThrownBy(this::check)
                .hasMessage("ML-IMAGE-BASE: acme/jre:1: the base image has no Java; expected java in one of the folders"
                        + " /usr/bin:/bin, found no such file." + NEXT);
    }

    @Test
    void aJavaHomeWithoutJavaIsRefused() throws Exception {
        environment("JAVA_HOME=/opt/jre", "JAVA_VERSION=17");
        layer("usr/bin/java", "opt/jre/bin/java->loop", "opt/jre/bin/loop->java");
        assertThatThrownBy(this::check)
                .hasMessage("ML-IMAGE-BASE: acme/jre:1: the base image has no Java; expected /opt/jre/bin/java, as its"
                        + " JAVA_HOME says, found no such file." + NEXT);
    }

    @ParameterizedTest
    @CsvSource({"opt/jre/bin/.wh.java", "opt/.wh.jre", "opt/jre/bin/.wh..wh..opq", ".wh..wh..opq"})
    void oneThatAnUpperLayerHidesIsNone(String hidden) throws Exception {
        environment("JAVA_HOME=/opt/jre", "JAVA_VERSION=17");
        layer("opt/jre/bin/java");
        layer(hidden);
        assertThatThrownBy(this::check).hasMessageContaining("the base image has no Java");
    }

    @Test
    void theOneOfTheUppermostLayerCounts() throws Exception {
        environment("JAVA_HOME=/opt/jre");
        layer("opt/jre/bin/java", "opt/jre/release=JAVA_VERSION=\"11.0.1\"\n");
        layer("opt/jre/release=JAVA_VERSION=\"17.0.1\"\n", "opt/jre/bin/java", "opt/jre/.wh..wh..opq");
        check();
        assertThat(log).isEmpty();
    }

    private void check() throws ImageException {
        new BaseJava("acme/jre:1", new BaseContents(config, List.of(), files)).check(17, log::add);
    }

    private void environment(String... variables) {
        ArrayNode environment = config.putObject("config").putArray("Env");
        List.of(variables).forEach(environment::add);
    }

    private void layer(String... entries) throws IOException {
        files.add(TextLayer.of(entries));
    }
}
