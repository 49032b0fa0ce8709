package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.SmallImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** Pushes to a registry that breaks off, fails, asks to wait, or refuses. */
class RegistryFailureTest extends RegistryFixture {

    private static final String AGAIN =
            " Build again later: layers that arrived are there, and are not sent a second time.";
    private static final String LOGIN = " Run docker login HOST, or put a <server> with <id>HOST</id>, <username> and"
            + " <password> into Maven's settings.xml, or set ml.image.to.username and ml.image.to.password; and check"
            + " that the user may push there.";

    @Test
    void aConnectionThatBreaksIsTriedAgain() throws Exception {
        proxy.answer(UPLOAD, 1, 1, RegistryProxy.breakOff());
        push(name + ":1.4.0", List.of());
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        assertThat(log).anyMatch(line -> line.matches("layer model/add-sub: .+; try 2 of 3 in 1 s"));
    }

    @Test
    void anInterruptedPushGoesOnWithTheLayerThatBroke() throws Exception {
        proxy.answer(UPLOAD, 1, 3, RegistryProxy.breakOff());
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the connection to the registry "
                        + proxy.host() + " broke 3 times \\(.+\\)\\." + AGAIN);
        assertThat(proxy.asked("PUT .*/manifests/.*"))
                .as("the manifest is last")
                .isEmpty();
        proxy.forget();
        log.clear();

        push(name + ":1.4.0", List.of());
        assertThat(log)
                .contains("  layer base: there already", "  layer model/add-sub: sent, 0.0 MB")
                .doesNotContain("  layer base: sent, 0.0 MB");
        assertThat(proxy.asked(UPLOAD)).hasSize(3);
    }

    @Test
    void aRegistryThatFailsIsTriedThreeTimes() {
        proxy.answer("POST .*", 0, 9, RegistryProxy.status(503));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " failed 3 times (503)." + AGAIN);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(log).contains("layer base: it answers 503; try 2 of 3 in 1 s");
    }

    @Test
    void aRegistryThatAsksToWaitIsWaitedForAMinuteAtMost() throws Exception {
        proxy.answer("POST .*", 0, 1, RegistryProxy.status(429, "Retry-After: 7"));
        proxy.answer(UPLOAD, 0, 1, RegistryProxy.status(429, "Retry-After: 86400"));
        push(name + ":1.4.0", List.of());
        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(60));
    }

    @Test
    void aRegistryThatAlwaysAsksToWaitIsGivenUp() {
        proxy.answer("POST .*", 0, 9, RegistryProxy.status(429));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " has too many requests, and asked 3 times to wait (429)." + AGAIN);
    }

    @Test
    void aUserWhoMayNotPushIsTold() {
        proxy.answer("POST .*", 0, 1, RegistryProxy.status(403));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " does not let this user push to " + name + "." + LOGIN.replace("HOST", proxy.host()));
        assertThat(waits).isEmpty();
    }

    @Test
    void anImageThatTheRegistryRefusesIsTold() {
        proxy.answer("PUT .*/manifests/.*", 0, 1, RegistryProxy.status(405));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " refuses the image \\(Tried to push image manifest for .+\\)\\. Check the name in ml.image.to,"
                        + " and whether the registry lets such an image in\\.");
    }

    @Test
    void anotherImageUnderTheSameNameIsNoticed() throws Exception {
        String sent = image.digest().toString();
        byte[] other = "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}".getBytes(StandardCharsets.UTF_8);
        proxy.answer("GET .*/manifests/.*", 0, 1, exchange -> {
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
        });
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " has another image under this name than the one that it was sent; expected "
                        + sent + ", found sha256:" + DigestUtils.sha256Hex(other)
                        + ". Find out who else pushes to this name, or what changes images on their way.");
    }

    @Test
    void aLayerThatChangesMeanwhileIsNoticed() throws Exception {
        image = SmallImage.changing(shared);
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-CONTENT: layer model/add-sub: its files changed while it was written."
                        + " Change no file while the build runs, and run mvn clean package.");
        assertThat(waits).isEmpty();
    }
}
