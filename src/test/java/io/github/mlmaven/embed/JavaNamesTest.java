package io.github.mlmaven.embed;

import static org.assertj.core.api.Assertions.assertThat;

import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaNamesTest {

    @ParameterizedTest
    @CsvSource({
        "breast-cancer, BreastCancerServer",
        "fraud_model.v2, FraudModelV2Server",
        "3d-model, _3dModelServer",
        "class, ClassServer",
        "---, Server",
    })
    void aClassNameJoinsTheWordsOfTheArtifactId(String artifactId, String expected) {
        assertThat(JavaNames.className(artifactId)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme, com.acme",
        "com.my-org.2d, com.my_org._2d",
        "com.acme.new, com.acme.new_",
        "int, int_",
        "java.models, java_.models",
        "_, __",
        "..., ml",
    })
    void aPackageNameFollowsTheConventionOfTheLanguageSpecification(String groupId, String expected) {
        assertThat(JavaNames.packageName(groupId)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "-", "true", "record", "é", "a.b-c_d.1", "enum", "Object"})
    void anyArtifactIdGivesALegalName(String artifactId) {
        assertThat(SourceVersion.isName(JavaNames.className(artifactId), SourceVersion.RELEASE_17))
                .isTrue();
        assertThat(SourceVersion.isName(JavaNames.packageName(artifactId), SourceVersion.RELEASE_17))
                .isTrue();
    }

    @Test
    void configuredNamesMustBeLegal() {
        assertThat(JavaNames.isPackageName("com.acme")).isTrue();
        assertThat(JavaNames.isPackageName("com.acme-x")).isFalse();
        assertThat(JavaNames.isPackageName("java.acme")).isFalse();
        assertThat(JavaNames.isClassName("Main")).isTrue();
        assertThat(JavaNames.isClassName("a.Main")).isFalse();
        assertThat(JavaNames.isClassName("class")).isFalse();
    }
}
