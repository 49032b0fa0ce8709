package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {

    @ParameterizedTest
    @CsvSource({
        "breast-cancer, 1.4.0, breast-cancer:1.4.0",
        "Fraud_Model, 1.0-SNAPSHOT, fraud_model:1.0-SNAPSHOT",
        "a..b--c, 1.0+5, a-b-c:1.0-5",
        "-x-, -1, x:1",
        "_, ., model:latest",
    })
    void anyCoordinatesGiveAName(String artifactId, String version, String name) throws ImageException {
        assertThat(ImageName.of(artifactId, version)).isEqualTo(name);
        assertThat(ImageName.parse(name).toStringWithQualifier()).isEqualTo(name);
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ImageName.parse("Acme/X:1"))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-NAME: ml.image.name: not the name of an image; expected [REGISTRY/]NAME[:TAG],"
                        + " the name in lower case, found Acme/X:1. Set ml.image.name, for example to"
                        + " acme/breast-cancer:1.4.0.");
    }
}
