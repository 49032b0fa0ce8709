package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.model.ModelFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelArtifactDriftTest extends LockDifferenceFixture {

    private static final ArtifactKey KEY = new ArtifactKey("com.acme", "fraud-weights", "zip", "model");
    private static final String RESTORE =
            ". Restore the <artifact> in the pom, or run `mvn ml:lock` to accept what is there now.";

    @Test
    void anotherVersionIsOneDriftWithBothVersions() {
        assertThat(lines(lock(fetched("1.4.0", 'a', "acme")), lock(fetched("1.5.0", 'd', "acme"))))
                .containsExactly("ML-LOCK-DRIFT: models/fraud/artifact: the model's artifact is not the one that was"
                        + " locked; expected com.acme:fraud-weights:zip:model:1.4.0 sha256:" + A + " from acme, found"
                        + " com.acme:fraud-weights:zip:model:1.5.0 sha256:" + D + " from acme" + RESTORE);
    }

    @Test
    void otherBytesUnderTheSameVersionAreNotMadeGoodByThePom() {
        assertThat(lines(lock(fetched("1.4.0", 'a', "acme")), lock(fetched("1.4.0", 'd', "central"))))
                .containsExactly("ML-LOCK-DRIFT: models/fraud/artifact: the model's artifact is not the one that was"
                        + " locked; expected com.acme:fraud-weights:zip:model:1.4.0 sha256:" + A + " from acme, found"
                        + " com.acme:fraud-weights:zip:model:1.4.0 sha256:" + D
                        + " from central. Find out who published"
                        + " other bytes under the same version, or run `mvn ml:lock` to accept what is there now.");
    }

    @Test
    void anotherClassifierIsADrift() {
        ArtifactKey plain = new ArtifactKey("com.acme", "fraud-weights", "zip", "");
        LockedArtifact found =
                new LockedArtifact.Fetched(LockedArtifact.Id.of(plain), "1.4.0", "", Locks.digest('a'), "acme");
        assertThat(lines(lock(fetched("1.4.0", 'a', "acme")), lock(found))).hasSize(1);
    }

    @Test
    void anotherRepositoryIsNone() {
        assertThat(lines(lock(fetched("1.4.0", 'a', "acme")), lock(fetched("1.4.0", 'a', "mirror"))))
                .isEmpty();
    }

    @Test
    void aModelThatNowComesFromARepositoryIsADrift() {
        Lock own = Locks.withModels(Map.of("fraud", Locks.MODEL));
        assertThat(lines(own, lock(new LockedArtifact.Sibling(LockedArtifact.Id.of(KEY), ""))))
                .containsExactly("ML-LOCK-DRIFT: models/fraud/artifact: the model's artifact is there, but is not"
                        + " locked, found com.acme:fraud-weights:zip:model, a module of this build" + RESTORE);
    }

    @Test
    void itIsWrittenBeforeTheRestOfTheModel() throws Exception {
        Lock lock = lock(fetched("1.4.0", 'a', "acme"));
        byte[] bytes = LockCodec.write(lock);
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .containsPattern("\"fraud\": \\{\\s+\"artifact\": \\{\\s+\"artifact\":"
                        + " \"com.acme:fraud-weights:zip:model:1.4.0\",\\s+\"repository\": \"acme\",\\s+\"sha256\":"
                        + " \"a{64}\"\\s+},\\s+\"contract\": \\{");
        assertThat(LockCodec.read("ml.lock", bytes)).isEqualTo(lock);
    }

    @Test
    void aScopeIsNoPartOfIt() {
        String text = new String(LockCodec.write(lock(fetched("1.4.0", 'a', "acme"))), StandardCharsets.UTF_8)
                .replace("\"repository\": \"acme\",", "\"scope\": \"compile\", \"repository\": \"acme\",");
        assertThatThrownBy(() -> LockCodec.read("ml.lock", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LockException.class)
                .hasMessageContaining("a model's artifact has no \"scope\"");
    }

    @Test
    void theTimestampedVersionOfASnapshotIsLocked() {
        ModelArtifact artifact = new ModelArtifact(
                "com.acme",
                "fraud",
                "onnx",
                "",
                "1-20260101.000000-1",
                "1-SNAPSHOT",
                "acme",
                false,
                Path.of("x"),
                Locks.digest('a'));
        assertThat(ModelArtifacts.locked(artifact))
                .isEqualTo(new LockedArtifact.Fetched(
                        LockedArtifact.Id.of(new ArtifactKey("com.acme", "fraud", "onnx", "")),
                        "1-20260101.000000-1",
                        "",
                        Locks.digest('a'),
                        "acme"));
    }

    private static Lock lock(LockedArtifact artifact) {
        return Locks.withModels(Map.of(
                "fraud",
                new LockedModel(
                        ModelFormat.ONNX,
                        Locks.MODEL.opsets(),
                        Locks.MODEL.files(),
                        Locks.CONTRACT,
                        Locks.MODEL.golden(),
                        Optional.of(artifact))));
    }

    private static LockedArtifact fetched(String version, char digit, String repository) {
        return new LockedArtifact.Fetched(LockedArtifact.Id.of(KEY), version, "", Locks.digest(digit), repository);
    }
}
