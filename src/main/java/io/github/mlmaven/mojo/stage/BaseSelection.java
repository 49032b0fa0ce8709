package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.BaseImages;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an image is to be built on, and what pins that: a JDK is pinned by what it is, an image in a registry by the
 * digests that are locked for it, else by those that the registry gives now.
 *
 * @param base {@code jdk}, or a reference in a registry
 * @param platform what the image runs on
 * @param javaHome the JDK that {@code jdk} means
 * @param offline whether to ask no registry
 */
public record BaseSelection(String base, Platform platform, Path javaHome, boolean offline) {

    private static final String JDK = "jdk";

    /**
     * What pins it.
     *
     * @param lock where it may be locked already
     * @param anew whether that does not count
     * @param memory so that it is looked up once in a build
     */
    public BaseIdentity identity(LockFile lock, boolean anew, BuildMemory memory)
            throws LockException, ImageException, IOException, InterruptedException {
        Optional<BaseIdentity.Registry> locked = anew ? Optional.empty() : locked(lock);
        return locked.isPresent() ? locked.get() : lookUp(memory);
    }

    private Optional<BaseIdentity.Registry> locked(LockFile lock) throws LockException, IOException {
        return lock.read()
                .map(Lock::base)
                .filter(BaseIdentity.Registry.class::isInstance)
                .map(BaseIdentity.Registry.class::cast)
                .filter(pinned ->
                        pinned.reference().equals(base) && pinned.platforms().containsKey(platform.toString()));
    }

    private BaseIdentity lookUp(BuildMemory memory) throws ImageException, IOException, InterruptedException {
        return memory.<BaseIdentity, ImageException>once(
                this,
                BaseIdentity.class,
                () -> base.equals(JDK) ? BaseImages.identify(javaHome) : BaseImages.resolve(base, platform, offline));
    }

    /**
     * The base that is pinned so.
     *
     * @param modules those to add to a JDK
     */
    public BaseImage image(BaseIdentity pinned, List<String> modules) {
        if (pinned instanceof BaseIdentity.Registry registry) {
            Digest digest = Objects.requireNonNull(registry.platforms().get(platform.toString()));
            return new BaseImage.Registry(registry.reference(), digest);
        }
        return new BaseImage.Jdk(javaHome, modules);
    }
}
