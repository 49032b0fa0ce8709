package io.github.mlmaven.report.bom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicencesTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            Apache License, Version 2.0 | -                                               | Apache-2.0
            Apache-2.0                  | -                                               | Apache-2.0
            The licence                 | https://www.apache.org/licenses/LICENSE-2.0.txt | Apache-2.0
            The licence                 | http://www.apache.org/licenses/LICENSE-2.0      | Apache-2.0
            MIT License                 | https://acme.example/licence                    | MIT
            Eclipse Public License v2.0 | -                                               | EPL-2.0
            -                           | https://opensource.org/licenses/MIT             | MIT
            """)
    void aKnownLicenceHasItsSpdxId(String name, String url, String id) {
        License licence = one(name, url);

        assertThat(licence.getId()).isEqualTo(id);
        assertThat(licence.getName()).isNull();
    }

    @Test
    void anUnknownLicenceKeepsThePomsWords() {
        License licence = one("Our own terms", "https://acme.example/terms");

        assertThat(licence.getId()).isNull();
        assertThat(licence.getName()).isEqualTo("Our own terms");
        assertThat(licence.getUrl()).isEqualTo("https://acme.example/terms");
    }

    @Test
    void noLicenceIsNone() {
        assertThat(Licences.of(List.of())).isNull();
        assertThat(Licences.of(List.of(new DeclaredLicence(Optional.empty(), Optional.empty()))))
                .isNull();
    }

    private static License one(String name, String url) {
        LicenseChoice choice =
                Licences.of(List.of(new DeclaredLicence(Optional.ofNullable(name), Optional.ofNullable(url))));
        assertThat(choice.getLicenses()).hasSize(1);
        return choice.getLicenses().get(0);
    }
}
