package io.github.mlmaven.image.target;

import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.LocalRegistry;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real registry, behind a proxy that breaks what is to be broken, and images to push to it. */
public abstract class RegistryFixture {

    /** What sends a blob. */
    protected static final String UPLOAD = "PATCH .*";

    @TempDir
    protected static Path shared;

    protected static LocalRegistry registry;
    private static int repositories;

    protected final List<String> log = new ArrayList<>();
    protected final List<Duration> waits = new ArrayList<>();

    /** What was watched, with its size. */
    protected final List<String> watched = new ArrayList<>();

    protected RegistryProxy proxy;
    protected String name;
    protected OciImage image;

    @BeforeAll
    static void start() throws Exception {
        Tool.require("docker-registry", "--version");
        registry = LocalRegistry.open(shared);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** A model of its own for each test, so that no other test has sent it. */
    @BeforeEach
    void standBefore() throws Exception {
        proxy = RegistryProxy.before(registry.host());
        name = "acme/add-sub-" + repositories++;
        image = SmallImage.of(shared, "the model of " + name);
    }

    @AfterEach
    void goAway() throws Exception {
        proxy.close();
    }

    protected final Placement push(String image, List<String> tags) throws Exception {
        ImageTarget target =
                targets("jdk", tags).of(List.of("registry:" + at(image))).get(0);
        target.check();
        return target.put(this.image);
    }

    protected final ImageTarget target(String target) throws Exception {
        return targets("jdk", List.of()).of(List.of(target)).get(0);
    }

    protected final ImageTargets targets(String base, List<String> tags) {
        return targets(base, tags, RegistrySettings.NONE, false);
    }

    protected final ImageTargets targets(String base, List<String> tags, RegistrySettings registries, boolean offline) {
        TargetSettings settings = new TargetSettings(
                SmallImage.NAME,
                false,
                base,
                tags,
                new TarTarget(shared.resolve("image.tar"), shared, this::watch),
                Path::of,
                registries,
                offline,
                log::add);
        return new ImageTargets(settings, attempts());
    }

    private OutputStream watch(String what, long total, OutputStream out) {
        watched.add(what + ", " + total);
        return out;
    }

    /** Those that remember how long they would have waited. */
    protected final Attempts attempts() {
        return new Attempts(log::add, waits::add, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    protected final String at(String image) {
        return proxy.host() + "/" + image;
    }
}
