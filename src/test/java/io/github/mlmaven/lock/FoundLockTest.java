package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lock for machines on which different profiles are active. */
class FoundLockTest {

    private static final LockedArtifact LINUX = natives("linux", '1');
    private static final LockedArtifact MAC = natives("mac", '2');
    private static final FoundLock ON_LINUX = on("mac", Locks.VERTX, LINUX);
    private static final FoundLock ON_MAC = on("linux", Locks.VERTX, MAC);

    @TempDir
    Path folder;

    private LockFile file;

    @BeforeEach
    void placeTheLock() {
        file = new LockFile(folder.resolve("ml.lock"), "ml.lock", folder.resolve("guards"));
    }

    @Test
    void whatAnotherMachineAddedIsKeptAndServesBoth() throws Exception {
        Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false);
        assertThat(Locking.settle(ON_MAC, file, LockMode.ACCEPT, false)).isInstanceOf(LockOutcome.Updated.class);

        assertThat(file.read().orElseThrow().artifacts(Section.DEPENDENCIES)).containsExactly(LINUX, MAC, Locks.VERTX);
        byte[] both = Files.readAllBytes(file.path());
        assertThat(Locking.settle(ON_LINUX, file, LockMode.BUILD, true)).isInstanceOf(LockOutcome.Unchanged.class);
        assertThat(Locking.settle(ON_MAC, file, LockMode.BUILD, true)).isInstanceOf(LockOutcome.Unchanged.class);
        assertThat(Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false)).isInstanceOf(LockOutcome.Unchanged.class);
        assertThat(file.path()).hasBinaryContent(both);
    }

    @Test
    void aMachineWhoseProfileIsNotLockedYetSaysSo() throws Exception {
        Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false);

        LockDifference difference = Locking.preview(ON_MAC, file).orElseThrow();

        assertThat(difference.drifts()).extracting(Drift::where).containsExactly("dependencies/com.acme:natives@mac");
    }

    @Test
    void aProfileThatNoPomHasAnyMoreIsAChange() throws Exception {
        Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false);
        FoundLock without = new FoundLock(ON_LINUX.lock().with(Map.of()), Map.of(), Set.of());

        assertThat(Locking.preview(without, file).orElseThrow().drifts())
                .extracting(Drift::where, Drift::kind)
                .contains(tuple("dependencies/com.acme:natives@linux", Drift.Kind.MISSING));
    }

    @Test
    void theSameBytesFromAMirrorChangeNothing() throws Exception {
        Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false);
        byte[] before = Files.readAllBytes(file.path());
        LockedArtifact.Fetched vertx = (LockedArtifact.Fetched) Locks.VERTX;
        LockedArtifact mirrored =
                new LockedArtifact.Fetched(vertx.id(), vertx.version(), vertx.scope(), vertx.sha256(), "nexus");

        assertThat(Locking.settle(on("mac", mirrored, LINUX), file, LockMode.ACCEPT, false))
                .isInstanceOf(LockOutcome.Unchanged.class);
        assertThat(file.path()).hasBinaryContent(before);
    }

    @Test
    void aPreviewWritesNothing() throws Exception {
        assertThat(Locking.preview(ON_LINUX, file)).isEmpty();
        assertThat(file.path()).doesNotExist();
        Locking.settle(ON_LINUX, file, LockMode.ACCEPT, false);
        byte[] before = Files.readAllBytes(file.path());
        assertThat(Locking.preview(ON_MAC, file)).isPresent();
        assertThat(file.path()).hasBinaryContent(before);
    }

    private static FoundLock on(String inactive, LockedArtifact... dependencies) {
        return new FoundLock(Locks.with(Section.DEPENDENCIES, List.of(dependencies)), Map.of(), Set.of(inactive));
    }

    private static LockedArtifact natives(String profile, char digit) {
        return new LockedArtifact.Fetched(
                new LockedArtifact.Id(ArtifactKey.jar("com.acme", "natives"), "", profile),
                "1.0",
                "compile",
                Locks.digest(digit),
                "central");
    }
}
