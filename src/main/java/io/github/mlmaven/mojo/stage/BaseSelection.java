package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.BaseImages;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.JdkSource;
import io.github.mlmaven.image.LocalImage;
import io.github.mlmaven.image.Machine;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an image is to be built on, and what pins that: a JDK is pinned by what it is, an image in a registry by the
 * digests that are locked for it, else by those that the registry gives now; an image on this machine by what it is now.
 *
 * @param base {@code jdk}, {@code tar://FILE}, {@code docker://NAME}, or a reference in a registry
 * @param folder of the project, to which a file is relative
 * @param platforms what the image runs on, at least one
 * @param jdk the JDK that {@code jdk} means
 * @param modules those to add to a JDK
 * @param machine the machine that builds
 * @param registries what the user says of registries
 * @param offline whether to ask no registry
 */
public record BaseSelection(
        String base,
        Path folder,
        SortedSet<Platform> platforms,
        JdkSource jdk,
        List<String> modules,
        Machine machine,
        RegistrySettings registries,
        boolean offline) {

    private static final String JDK = "jdk";

    public BaseSelection {
        platforms = Collections.unmodifiableSortedSet(new TreeSet<>(platforms));
        modules = List.copyOf(modules);
    }

    /**
     * What pins it.
     *
     * @param lock where it may be locked already
     * @param anew whether that does not count
     * @param memory so that it is looked up once in a build
     * @param digests what knows or finds out the digests of a JDK's files
     */
    public BaseIdentity identity(LockFile lock, boolean anew, BuildMemory memory, FileDigests digests)
            throws LockException, ImageException, IOException, InterruptedException {
        if (base.equals(JDK)) {
            Platform platform = only();
            if (machine.runs(platform)) {
                jdk.require(platform, machine);
            }
            return jdk.isFor(platform, machine)
                    ? memory.<BaseIdentity, ImageException>once(
                            this, BaseIdentity.class, () -> BaseImages.identify(jdk, platform, modules, digests))
                    : ofAnotherMachine(lock, platform);
        }
        Optional<LocalImage> local = LocalImage.of(base, folder);
        if (local.isPresent()) {
            Platform platform = only();
            return memory.<BaseIdentity, ImageException>once(
                    this, BaseIdentity.class, () -> BaseImages.identify(local.get(), platform));
        }
        // Without a network nothing newer can be known than what is locked.
        Optional<BaseIdentity.Registry> locked = anew && !offline ? Optional.empty() : locked(lock);
        return locked.isPresent()
                ? locked.get()
                : memory.<BaseIdentity, ImageException>once(
                        this, BaseIdentity.class, () -> BaseImages.resolve(base, platforms, registries, offline));
    }

    private Optional<BaseIdentity.Registry> locked(LockFile lock) throws LockException, IOException {
        return lock.read()
                .map(Lock::base)
                .filter(BaseIdentity.Registry.class::isInstance)
                .map(BaseIdentity.Registry.class::cast)
                .filter(pinned -> pinned.reference().equals(base)
                        && pinned.platforms().keySet().containsAll(names()));
    }

    private List<String> names() {
        return platforms.stream().map(Platform::toString).toList();
    }

    /** The one platform of an image on what is on this machine. */
    private Platform only() throws ImageException {
        if (platforms.size() > 1) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_PLATFORM,
                    "ml.image.base",
                    "the base " + base + " is for one platform",
                    machine.platform().map(Platform::toString).orElse("one of them"),
                    String.join(",", names()),
                    "Set ml.image.platform to it, or ml.image.base to an image in a registry."));
        }
        return platforms.first();
    }

    /** What is locked for a platform that this machine is not: here it can be neither compared nor built. */
    private BaseIdentity ofAnotherMachine(LockFile lock, Platform platform)
            throws LockException, ImageException, IOException {
        return lock.read()
                .map(Lock::base)
                .filter(BaseIdentity.Jdk.class::isInstance)
                .map(BaseIdentity.Jdk.class::cast)
                .filter(jdk -> jdk.platform().equals(platform.toString()))
                .orElseThrow(() -> new ImageException(
                        FindingId.IMAGE_PLATFORM,
                        "ml.image.base",
                        "the base jdk takes its programs from a machine of " + platform + ", and this one is "
                                + machine,
                        "Run `mvn ml:lock` on " + platform + " first, name a JDK for it in ml.image.jdk, or set"
                                + " ml.image.base to an image in a registry."));
    }

    /** The base that is pinned so. */
    public BaseImage image(BaseIdentity pinned) throws ImageException {
        if (pinned instanceof BaseIdentity.Registry registry) {
            Optional<LocalImage> local = LocalImage.of(base, folder);
            if (local.isPresent()) {
                return new BaseImage.Local(local.get(), digest(registry, platforms.first()));
            }
            SortedMap<Platform, Digest> digests = new TreeMap<>();
            platforms.forEach(platform -> digests.put(platform, digest(registry, platform)));
            return new BaseImage.Registry(registry.reference(), digests);
        }
        return new BaseImage.Jdk(jdk, modules, (BaseIdentity.Jdk) pinned);
    }

    private static Digest digest(BaseIdentity.Registry registry, Platform platform) {
        return Objects.requireNonNull(registry.platforms().get(platform.toString()), platform::toString);
    }
}
