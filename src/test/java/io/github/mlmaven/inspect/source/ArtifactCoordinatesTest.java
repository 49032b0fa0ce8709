package io.github.mlmaven.inspect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactCoordinatesTest {

    @Test
    void theTypeIsOnnxUnlessGiven() {
        assertThat(ArtifactCoordinates.parse("com.acme:fraud-weights:1.4.0"))
                .isEqualTo(new ArtifactCoordinates("com.acme", "fraud-weights", "1.4.0", "onnx", ""))
                .hasToString("com.acme:fraud-weights:1.4.0:onnx");
    }

    @Test
    void typeAndClassifierComeLast() {
        assertThat(ArtifactCoordinates.parse(" com.acme:fraud:1.4.0-SNAPSHOT:zip:model\n"))
                .isEqualTo(new ArtifactCoordinates("com.acme", "fraud", "1.4.0-SNAPSHOT", "zip", "model"))
                .hasToString("com.acme:fraud:1.4.0-SNAPSHOT:zip:model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fraud | one part without a colon",
                "com.acme:fraud | 2 parts",
                "com.acme:fraud:1:zip:model:x | 6 parts",
                "com.acme::1 | '', which is no name",
                "com.acme:fraud:1: | '', which is no name",
                "com acme:fraud:1 | 'com acme', which is no name",
                "..:fraud:1 | '..', which is no name",
                "com.acme:../../fraud:1 | '../../fraud', which is no name",
                "com.acme:fraud:1/2 | '1/2', which is no version",
                "com.acme:fraud:.. | '..', which is no version",
                "com.acme:fraud:${v} | '${v}', which is no version",
                "com.acme:fraud:[1,2) | the version '[1,2)', which may be another one tomorrow",
                "com.acme:fraud:(,2] | the version '(,2]', which may be another one tomorrow",
                "com.acme:fraud:LATEST | the version 'LATEST', which may be another one tomorrow",
                "com.acme:fraud:release | the version 'release', which may be another one tomorrow"
            })
    void whatDoesNotNameOneArtifactIsRefused(String text, String message) {
        assertThatThrownBy(() -> ArtifactCoordinates.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"com.acme:fraud:1, fraud", "com.acme:fraud, fraud", "fraud, fraud", "'', ''"})
    void whateverIsWrittenHasAName(String text, String name) {
        assertThat(ArtifactCoordinates.nameIn(text)).isEqualTo(name);
    }
}
