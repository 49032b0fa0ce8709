package io.github.mlmaven.report.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final Path ROOT = Path.of("build").toAbsolutePath();

    private final Redaction redaction = new Redaction(ROOT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skipTests",
                "env.HOME",
                "ml.provenance.invocation",
                "ml.provenance.builder",
                "ml.registry.password",
                "ml.registry.PASSWD",
                "ml.apiKey",
                "ml.api-key",
                "ml.image.auth",
                "ml.GITHUB_TOKEN",
                "ml.client.secret",
                "ml.signing.privateKey"
            })
    void whatIsNobodysBusinessIsLeftOut(String name) {
        assertThat(redaction.property(name, "hunter2")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdk                                    | jdk
            acme/authors:1.0                       | acme/authors:1.0
            https://me:hunter2@host.example/x?y=1  | https://[redacted]@host.example/x?y=1
            https://me@host.example                | https://[redacted]@host.example
            https://host.example/x?access_token=17 | [redacted]
            ci.lock                                | ci.lock
            """)
    void aValueIsToldWithoutSecrets(String value, String told) {
        assertThat(redaction.property("ml.any", value)).hasValue(told);
    }

    @Test
    void aPathOfTheMachineIsNotTold() {
        assertThat(redaction.property(
                        "ml.lock.file", ROOT.resolve("app/ml.lock").toString()))
                .hasValue("./app/ml.lock");
        assertThat(redaction.property(
                        "ml.signature.publicKey",
                        ROOT.resolveSibling("keys/k.pem").toString()))
                .hasValue("[redacted]/k.pem");
    }

    @Test
    void anInvocationHoldsWhatMayBeTold() {
        Invocation invocation = Invocation.of(
                List.of("clean", "package"),
                List.of("b", "a", "b"),
                Map.of("ml.image.base", "jdk", "ml.token", "hunter2", "x", "y"),
                redaction);

        assertThat(invocation.goals()).containsExactly("clean", "package");
        assertThat(invocation.profiles()).containsExactly("a", "b");
        assertThat(invocation.properties()).containsExactly(Map.entry("ml.image.base", "jdk"));
    }
}
