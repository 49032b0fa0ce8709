package io.github.mlmaven.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void itReadsWhatItWrites() {
        assertThat(Digest.parse(new Digest(HEX).toString())).isEqualTo(new Digest(HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "00123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "/123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                ":123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde`",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"
            })
    void whatIsNoSha256IsRefused(String hex) {
        assertThatThrownBy(() -> new Digest(hex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a SHA-256 digest is 64 lower-case hexadecimal digits: " + hex);
    }

    @Test
    void theAlgorithmIsNamed() {
        assertThatThrownBy(() -> Digest.parse("md5:" + HEX)).hasMessage("a digest starts with sha256:: md5:" + HEX);
    }
}
