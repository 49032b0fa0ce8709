package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurlTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void anArtifactHasItsTypeAndClassifier() {
        ArtifactKey key = new ArtifactKey("com.acme", "a_b", "zip", "linux-x64");

        assertThat(Purl.maven(key, "1.0+2")).isEqualTo("pkg:maven/com.acme/a_b@1.0%2B2?classifier=linux-x64&type=zip");
        assertThat(Purl.maven(ArtifactKey.jar("com.acme", "a"))).isEqualTo("pkg:maven/com.acme/a?type=jar");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            temurin,                           temurin,                    temurin, -
            temurin:17-jre,                    temurin,                    temurin, 17-jre
            images.example:5000/a/b,           images.example:5000/a/b,    b,       -
            images.example:5000/a/b:1@sha256:, images.example:5000/a/b,    b,       1
            """)
    void aReferenceIsTakenApart(String reference, String repository, String name, String tag) {
        OciReference parts = OciReference.of(reference);

        assertThat(parts.repository()).isEqualTo(repository);
        assertThat(parts.name()).isEqualTo(name);
        assertThat(parts.tag().orElse(null)).isEqualTo(tag);
    }

    @Test
    void anImageIsNamedByItsDigest() {
        assertThat(Purl.oci("temurin:17-jre", new Digest(HEX), "arm64"))
                .isEqualTo("pkg:oci/temurin@sha256%3A" + HEX + "?arch=arm64&tag=17-jre");
    }

    @Test
    void aBaseOfTheMachineIsNamedByTheDigestOfItsConfigurationWhichIsNoManifest() {
        var docker = BaseIdentity.Registry.of("docker://acme/jre:17", Map.of("linux/arm64", new Digest(HEX)));
        assertThat(Purl.base(docker, "linux/arm64")).isEqualTo("pkg:generic/jre@sha256%3A" + HEX);
        var tar = BaseIdentity.Registry.of("tar://base/jre.tar", Map.of("linux/amd64", new Digest(HEX)));
        assertThat(Purl.base(tar, "linux/amd64")).isEqualTo("pkg:generic/jre.tar@sha256%3A" + HEX);
    }
}
