package io.github.mlmaven.mojo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.BaseImages;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.JdkSource;
import io.github.mlmaven.image.LocalImage;
import io.github.mlmaven.image.Machine;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.FoundLock;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.lock.LockMode;
import io.github.mlmaven.lock.Locking;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offline, so that whatever is not taken from the lock is refused. */
class BaseSelectionTest {

    private static final String REFERENCE = "example.com/jre:17";
    private static final Digest AMD64 = new Digest("a".repeat(64));
    private static final Digest ARM64 = new Digest("b".repeat(64));
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final FileDigests DIGESTS = FileDigests.reading();
    private static final String UNPINNED = "the lock does not pin the base image yet, and the build is offline";

    private JdkSource jdk = JdkSource.current();

    @TempDir
    Path folder;

    private LockFile lock;
    private BuildMemory memory;

    @BeforeEach
    void noLock() {
        lock = new LockFile(folder.resolve("ml.lock"), "ml.lock", folder.resolve("guards"));
        memory = new BuildMemory(new HashMap<>());
    }

    @Test
    void theLockPinsTheReferenceForEachOfItsPlatforms() throws Exception {
        BaseIdentity locked =
                lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64, "linux/arm64", ARM64)));

        BaseSelection amd64 = selection(REFERENCE, Platform.LINUX_AMD64);
        assertThat(amd64.identity(lock, false, memory, DIGESTS)).isEqualTo(locked);
        assertThat(amd64.image(locked)).isEqualTo(BaseImage.Registry.of(REFERENCE, Platform.LINUX_AMD64, AMD64));

        BaseSelection arm64 = selection(REFERENCE, Platform.LINUX_ARM64);
        assertThat(arm64.identity(lock, false, memory, DIGESTS)).isEqualTo(locked);
        assertThat(arm64.image(locked)).isEqualTo(BaseImage.Registry.of(REFERENCE, Platform.LINUX_ARM64, ARM64));
    }

    @Test
    void ofSeveralPlatformsEachIsPinned() throws Exception {
        Set<Platform> both = Set.of(Platform.LINUX_ARM64, Platform.LINUX_AMD64);
        BaseIdentity half = lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64)));
        assertThatThrownBy(() -> selection(REFERENCE, both).identity(lock, false, memory, DIGESTS))
                .hasMessageContaining(REFERENCE + ": " + UNPINNED);

        BaseIdentity locked =
                lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64, "linux/arm64", ARM64)));
        assertThat(locked).isNotEqualTo(half);
        assertThat(selection(REFERENCE, both).identity(lock, false, memory, DIGESTS))
                .isEqualTo(locked);
        assertThat(selection(REFERENCE, both).image(locked))
                .isEqualTo(new BaseImage.Registry(
                        REFERENCE, new TreeMap<>(Map.of(Platform.LINUX_AMD64, AMD64, Platform.LINUX_ARM64, ARM64))));
    }

    @Test
    void aJdkIsForOnePlatform() {
        assertThatThrownBy(() -> selection("jdk", Set.of(Platform.values())).identity(lock, true, memory, DIGESTS))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-PLATFORM: ml.image.base: the base jdk is for one platform; expected linux/amd64,"
                        + " found linux/amd64,linux/arm64. Set ml.image.platform to it, or ml.image.base to an image in"
                        + " a registry.");
    }

    @Test
    void offlineTheLockCountsEvenWhenANewBaseIsAccepted() throws Exception {
        BaseIdentity locked = lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64)));
        assertThat(selection(REFERENCE, Platform.LINUX_AMD64).identity(lock, true, memory, DIGESTS))
                .isEqualTo(locked);
    }

    @Test
    void theLockPinsNoOtherReferenceOrPlatform() throws Exception {
        lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64)));
        assertThatThrownBy(() ->
                        selection("example.com/jre:21", Platform.LINUX_AMD64).identity(lock, false, memory, DIGESTS))
                .hasMessageContaining("example.com/jre:21: " + UNPINNED);
        assertThatThrownBy(() -> selection(REFERENCE, Platform.LINUX_ARM64).identity(lock, false, memory, DIGESTS))
                .hasMessageContaining(REFERENCE + ": " + UNPINNED);
    }

    @Test
    void nothingPinsARegistryBaseWithoutALock() {
        assertThatThrownBy(() -> selection(REFERENCE, Platform.LINUX_AMD64).identity(lock, false, memory, DIGESTS))
                .hasMessageContaining(UNPINNED);
    }

    @Test
    void aJdkIsWhatItIsWhateverIsLocked() throws Exception {
        lock(BaseIdentity.Registry.of(REFERENCE, Map.of("linux/amd64", AMD64)));
        BaseSelection jdk = selection("jdk", Platform.LINUX_AMD64);
        BaseIdentity identity = jdk.identity(lock, false, memory, DIGESTS);
        assertThat(identity)
                .isEqualTo(
                        BaseImages.identify(JdkSource.current(), Platform.LINUX_AMD64, List.of("java.sql"), DIGESTS));
        assertThat(jdk.image(identity))
                .isEqualTo(new BaseImage.Jdk(JdkSource.current(), List.of("java.sql"), (BaseIdentity.Jdk) identity));
    }

    @Test
    void aLockedJdkIsNeitherComparedNorLostOnAnotherMachine() throws Exception {
        Machine mac = new Machine("Mac OS X", "aarch64", JAVA_HOME);
        jdk = jdkFor("Darwin");
        assertThatThrownBy(() -> on(mac, "jdk", Platform.LINUX_AMD64).identity(lock, true, memory, DIGESTS))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-PLATFORM: ml.image.base: the base jdk takes its programs from a machine of"
                        + " linux/amd64, and this one is Mac OS X on aarch64. Run `mvn ml:lock` on linux/amd64 first,"
                        + " name a JDK for it in ml.image.jdk, or set ml.image.base to an image in a registry.");

        BaseIdentity locked = lock(new BaseIdentity.Jdk(
                "linux/amd64", "Debian", "17.0.15", AMD64, new TreeMap<>(Map.of("/lib64/ld-linux.so", ARM64))));
        assertThat(on(mac, "jdk", Platform.LINUX_AMD64).identity(lock, true, memory, DIGESTS))
                .isEqualTo(locked);
        assertThatThrownBy(() -> on(mac, "jdk", Platform.LINUX_ARM64).identity(lock, true, memory, DIGESTS))
                .hasMessageContaining("takes its programs from a machine of linux/arm64");
    }

    @Test
    void aJdkForAnotherPlatformIsNoBaseOfThisMachines() throws Exception {
        lock(new BaseIdentity.Jdk("linux/amd64", "Debian", "17.0.15", AMD64, new TreeMap<>()));
        jdk = jdkFor("Linux");
        assertThatThrownBy(() -> selection("jdk", Platform.LINUX_AMD64).identity(lock, true, memory, DIGESTS))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("the base jdk takes its programs from the JDK in " + jdk.home()
                        + ", which has none for linux/amd64; expected a JDK for linux/amd64, found one for Linux on"
                        + " aarch64.");
    }

    @Test
    void anImageOnThisMachineIsWhatItIsNowAndAnotherOneIsADrift() throws Exception {
        BaseSelection tar = selection("tar://base/jre.tar", Platform.LINUX_AMD64);
        Digest first = write("first");
        BaseIdentity then = lock(tar.identity(lock, false, memory, DIGESTS));
        assertThat(then).isEqualTo(BaseIdentity.Registry.of("tar://base/jre.tar", Map.of("linux/amd64", first)));
        assertThat(lock.read()).map(Lock::base).contains(then);
        assertThat(tar.image(then))
                .isEqualTo(new BaseImage.Local(
                        LocalImage.of("tar://base/jre.tar", folder).orElseThrow(), first));

        Digest second = write("second");
        BaseIdentity now = tar.identity(lock, false, new BuildMemory(new HashMap<>()), DIGESTS);
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(content(now)), lock, LockMode.CHECK, true))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-DRIFT: base: the base is not the one that was locked; expected tar://base/jre.tar"
                        + " (linux/amd64 " + first + "), found tar://base/jre.tar (linux/amd64 " + second + "). Restore"
                        + " the base, or run `mvn ml:lock` to accept what is there now.");
    }

    /** Writes an image without layers, and gives the digest of its configuration. */
    private Digest write(String label) throws Exception {
        String config =
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"of\":\"" + label + "\"}}}";
        Path tar = folder.resolve("base/jre.tar");
        Files.createDirectories(tar.getParent());
        try (OutputStream file = Files.newOutputStream(tar);
                LayerTar out = new LayerTar(file)) {
            add(out, "manifest.json", "[{\"Config\":\"config.json\",\"Layers\":[]}]");
            add(out, "config.json", config);
        }
        return new Digest(DigestUtils.sha256Hex(config));
    }

    private static void add(LayerTar tar, String name, String text) throws Exception {
        tar.file(name, 0644, text.length(), out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void isLookedUpOnceInABuild() throws Exception {
        BaseSelection jdk = selection("jdk", Platform.LINUX_AMD64);
        BaseIdentity first = jdk.identity(lock, true, memory, DIGESTS);
        assertThat(selection("jdk", Platform.LINUX_AMD64).identity(lock, true, memory, DIGESTS))
                .isSameAs(first);
    }

    private BaseIdentity lock(BaseIdentity base) throws Exception {
        Locking.settle(FoundLock.of(content(base)), lock, LockMode.ACCEPT, false);
        return base;
    }

    private static Lock content(BaseIdentity base) {
        return new Lock(
                17, "onnxruntime 1", "serving 1", base, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Map.of());
    }

    /** What can be seen of a JDK for 64-bit ARM. */
    private JdkSource jdkFor(String system) throws IOException {
        Path home = folder.resolve("jdk");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/modules"), "all classes");
        Files.writeString(home.resolve("release"), "OS_NAME=\"" + system + "\"\nOS_ARCH=\"aarch64\"\n");
        return new JdkSource(home, SystemRoot.MACHINE, JAVA_HOME);
    }

    private BaseSelection selection(String base, Set<Platform> platforms) {
        return on(new Machine("Linux", "amd64", JAVA_HOME), base, platforms);
    }

    private BaseSelection selection(String base, Platform platform) {
        return on(new Machine("Linux", "amd64", JAVA_HOME), base, platform);
    }

    private BaseSelection on(Machine machine, String base, Platform platform) {
        return on(machine, base, Set.of(platform));
    }

    private BaseSelection on(Machine machine, String base, Set<Platform> platforms) {
        return new BaseSelection(
                base, folder, new TreeSet<>(platforms), jdk, List.of("java.sql"), machine, RegistrySettings.NONE, true);
    }
}
