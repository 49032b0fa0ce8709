package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.Tolerances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an image is made of.
 *
 * @param name its name with tag, for example {@code acme/breast-cancer:1.4.0}
 * @param content what goes in
 * @param base what it is built on
 * @param platforms what it runs on, at least one; an image of several is an index
 * @param labels further labels
 * @param smoke how it is tried
 * @param output where everything is written
 * @param digests what knows or finds out the digests of jars
 * @param targets where the image goes, in this order
 * @param registries what the user says of registries
 */
public record ImageRequest(
        String name,
        Content content,
        BaseImage base,
        SortedSet<Platform> platforms,
        SortedMap<String, String> labels,
        Smoke smoke,
        Output output,
        FileDigests digests,
        List<ImageTarget> targets,
        RegistrySettings registries) {

    public ImageRequest {
        targets = List.copyOf(targets);
        platforms = Collections.unmodifiableSortedSet(new TreeSet<>(platforms));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /**
     * What goes into the image.
     *
     * @param models the models
     * @param classes the project's class folder
     * @param classPath the runtime class path, in its order
     * @param mainClass the generated entrypoint
     * @param javaRelease the Java release that the classes are compiled for
     */
    public record Content(
            List<VerifiedModel> models,
            Path classes,
            List<RuntimeArtifact> classPath,
            String mainClass,
            int javaRelease) {
        public Content {
            models = List.copyOf(models);
            classPath = List.copyOf(classPath);
        }
    }

    /**
     * How the assembled image is tried.
     *
     * @param timeout how long the server may take to get ready, to answer, and to stop
     * @param tolerances by model name; {@link Tolerances#DEFAULT} for others
     */
    public record Smoke(Duration timeout, Map<String, Tolerances> tolerances) {
        public Smoke {
            tolerances = Map.copyOf(tolerances);
        }

        /** The tolerances for a model's golden data. */
        public Tolerances tolerances(String model) {
            return tolerances.getOrDefault(model, Tolerances.DEFAULT);
        }
    }

    /**
     * Where everything is written.
     *
     * @param tar the image
     * @param workFolder what was assembled, and what later builds of the project reuse
     * @param cache what builds of other projects reuse too
     * @param offline whether to use no network
     * @param reuse whether what earlier builds of the project found out and wrote counts, as long as it is untouched
     * @param plugin the jar that writes; without it no earlier image counts, as another one may have written it
     */
    public record Output(Path tar, Path workFolder, Path cache, boolean offline, boolean reuse, Optional<Path> plugin) {

        /** The tar alone, written without anybody watching. */
        TarTarget onlyTar() {
            return new TarTarget(tar, workFolder, ImageProgress.NONE);
        }

        /** The layers that other projects have too. */
        LayerStore sharedLayers(FileDigests digests) {
            return new LayerStore(cache.resolve("layers"), digests);
        }

        /** A file of the work folder, for messages: beginning with the folder that the tar is in. */
        String place(Path file) {
            Path target = Objects.requireNonNull(tar.toAbsolutePath().getParent(), "a file is in a folder");
            return (target.getFileName() + "/" + target.relativize(file.toAbsolutePath())).replace('\\', '/');
        }
    }

    /** Begins a request. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Collects what a request consists of. */
    public static final class Builder {
        private static final Duration TIMEOUT = Duration.ofSeconds(60);
        private static final int JAVA_RELEASE = 17;

        private final String name;
        private final List<VerifiedModel> models = new ArrayList<>();
        private final List<RuntimeArtifact> classPath = new ArrayList<>();
        private final SortedMap<String, String> labels = new TreeMap<>();
        private final Map<String, Tolerances> tolerances = new TreeMap<>();
        private @Nullable Path classes;
        private @Nullable String mainClass;
        private int javaRelease = JAVA_RELEASE;
        private @Nullable BaseImage base;
        private @Nullable Path tar;
        private @Nullable Path workFolder;
        private @Nullable Path cache;
        private SortedSet<Platform> platforms = new TreeSet<>(Set.of(Platform.LINUX_AMD64));
        private Duration smokeTimeout = TIMEOUT;
        private boolean offline;
        private boolean reuse = true;
        private @Nullable Path plugin;
        private FileDigests digests = FileDigests.reading();
        private List<ImageTarget> targets = List.of();
        private RegistrySettings registries = RegistrySettings.NONE;

        private Builder(String name) {
            this.name = name;
        }

        /** A model that goes in. */
        public Builder model(VerifiedModel model) {
            models.add(model);
            return this;
        }

        /** The project's class folder. */
        public Builder classes(Path folder) {
            this.classes = folder;
            return this;
        }

        /** The runtime class path, in its order. */
        public Builder classPath(List<RuntimeArtifact> artifacts) {
            this.classPath.addAll(artifacts);
            return this;
        }

        /** The generated entrypoint. */
        public Builder mainClass(String className) {
            this.mainClass = className;
            return this;
        }

        /** The Java release that the classes are compiled for; 17 unless set. */
        public Builder javaRelease(int release) {
            this.javaRelease = release;
            return this;
        }

        /** What the image is built on. */
        public Builder base(BaseImage image) {
            this.base = image;
            return this;
        }

        /** What the image runs on, whatever their order; linux/amd64 unless set. */
        public Builder platforms(Collection<Platform> targets) {
            this.platforms = new TreeSet<>(targets);
            return this;
        }

        /** A label. */
        public Builder label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        /** The file to write. */
        public Builder tar(Path file) {
            this.tar = file;
            return this;
        }

        /** Where everything else is written. */
        public Builder workFolder(Path folder) {
            this.workFolder = folder;
            return this;
        }

        /** What builds of other projects reuse too; the folder for everything else when not set. */
        public Builder cache(Path folder) {
            this.cache = folder;
            return this;
        }

        /** Whether to use no network. */
        public Builder offline(boolean value) {
            this.offline = value;
            return this;
        }

        /** Whether what earlier builds of the project found out and wrote counts; it does unless set. */
        public Builder reuse(boolean value) {
            this.reuse = value;
            return this;
        }

        /** The jar that writes the image; without it, what an earlier build made is always made anew. */
        public Builder plugin(Path jar) {
            this.plugin = jar;
            return this;
        }

        /** What knows or finds out the digests of jars; it reads them unless set. */
        public Builder digests(FileDigests value) {
            this.digests = value;
            return this;
        }

        /** Where the image goes, in this order; into the tar unless set. */
        public Builder targets(List<ImageTarget> where) {
            this.targets = List.copyOf(where);
            return this;
        }

        /** What the user says of registries. */
        public Builder registries(RegistrySettings settings) {
            this.registries = settings;
            return this;
        }

        /** How long the server may take to get ready, to answer, and to stop; a minute unless set. */
        public Builder smokeTimeout(Duration timeout) {
            this.smokeTimeout = timeout;
            return this;
        }

        /** The tolerances for a model's golden data. */
        public Builder tolerances(String model, Tolerances ofModel) {
            tolerances.put(model, ofModel);
            return this;
        }

        /** The request; everything without a default must have been given. */
        public ImageRequest build() {
            Output output = new Output(
                    required(tar),
                    required(workFolder),
                    cache == null ? required(workFolder) : cache,
                    offline,
                    reuse,
                    Optional.ofNullable(plugin));
            return new ImageRequest(
                    name,
                    new Content(models, required(classes), classPath, required(mainClass), javaRelease),
                    required(base),
                    platforms,
                    labels,
                    new Smoke(smokeTimeout, tolerances),
                    output,
                    digests,
                    targets.isEmpty() ? List.of(output.onlyTar()) : targets,
                    registries);
        }

        private static <T> T required(@Nullable T value) {
            return Objects.requireNonNull(value, "an image request is not complete");
        }
    }
}
