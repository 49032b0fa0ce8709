package io.github.mlmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryServerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{COQLCE6DU6GtcS5P=} | true",
                "{[type=master]COQLCE6DU6GtcS5P=} | true",
                "{\"type\": \"service_account\"} | false",
                "{} | false",
                "secret | false"
            })
    void whatMavenEncryptedIsToldFromJson(String password, boolean encrypted) {
        assertThat(new RegistryServer("example.com", "u", password).encrypted()).isEqualTo(encrypted);
    }
}
