package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.registry.RegistryLogin;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.registry.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has Jib fetch the base, if it is in a registry, and write the image's configuration on top of it. */
final class JibBase {

    /** The user of every image; nothing in an image belongs to it. */
    static final String USER = "65532:65532";

    /** The port of the server. */
    static final int PORT = 8080;

    private static final int THREADS = 4;

    private final ImageReference name;
    private final ImageLabels labels;
    private final Path workFolder;
    private final RegistrySettings registries;

    /**
     * @param name the image's name
     * @param labels what its configuration says beyond the base's
     * @param workFolder where to work
     * @param registries what the user says of registries
     */
    JibBase(ImageReference name, ImageLabels labels, Path workFolder, RegistrySettings registries) {
        this.name = name;
        this.labels = labels;
        this.workFolder = workFolder;
        this.registries = registries;
    }

    /** The configuration of an image from scratch. */
    BaseContents scratch(Platform platform, Map<String, String> environment)
            throws IOException, InterruptedException, ImageException {
        JibContainerBuilder builder = Jib.fromScratch().setEnvironment(environment);
        return contents(builder, platform, ImageReference.scratch(), Transport.TRUSTED, true);
    }

    /**
     * The configuration on top of another one. Jib sees that one without its layers, which it would compress with the
     * JDK's zlib: another digest on another machine.
     *
     * @param base the configuration of the base image, which may be anything
     * @param place what it is from, for messages
     */
    ObjectNode above(ObjectNode base, String place, Platform platform)
            throws IOException, InterruptedException, ImageException {
        ObjectNode bare = base.deepCopy();
        bare.putArray("history");
        bare.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode manifest = bare.arrayNode();
        manifest.addObject().put("Config", "config.json").putArray("Layers");
        Path image = workFolder.resolve("base-config.tar");
        ObjectNode config;
        try (OutputStream out = Files.newOutputStream(image);
                LayerTar tar = new LayerTar(out)) {
            add(tar, "config.json", bare);
            add(tar, "manifest.json", manifest);
        }
        try {
            config = contents(Jib.from(TarImage.at(image)), platform, ImageReference.scratch(), Transport.TRUSTED, true)
                    .config();
        } catch (ImageException e) {
            throw new ImageException(
                    SavedImage.notAnImage(place, "one whose configuration cannot be read: " + e.getMessage()));
        } finally {
            Files.deleteIfExists(image);
        }
        if (base.path("history") instanceof ArrayNode history) {
            config.set("history", history.deepCopy());
        }
        config.set("rootfs", base.path("rootfs").deepCopy());
        return config;
    }

    private static void add(LayerTar tar, String name, JsonNode json) throws IOException {
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        tar.file(name, LayerEntry.PLAIN, text.length, out -> out.write(text));
    }

    /** The base image's layers, and the configuration on top of its own. */
    BaseContents registry(BaseImage.Registry base, Platform platform, boolean offline)
            throws IOException, InterruptedException, ImageException {
        ImageReference reference = ImageName.parseBase(base.reference())
                .withQualifier(base.digest(platform).toString());
        RegistryImage image = RegistryImage.named(reference);
        Transport transport = offline ? Transport.TRUSTED : Transport.toPull(reference, registries);
        if (!transport.isInsecure()) {
            new RegistryLogin(reference, registries).retrievers().forEach(image::addCredentialRetriever);
        }
        return contents(Jib.from(image), platform, reference, transport, offline);
    }

    private BaseContents contents(
            JibContainerBuilder builder, Platform platform, ImageReference base, Transport transport, boolean offline)
            throws IOException, InterruptedException, ImageException {
        Path layout = workFolder.resolve("base.tar");
        Files.deleteIfExists(layout);
        builder.setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(
                        new com.google.cloud.tools.jib.api.buildplan.Platform(platform.architecture(), platform.os())))
                .setCreationTime(Instant.EPOCH)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                .setExposedPorts(Port.tcp(PORT))
                .setLabels(labels.labels());
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            builder.containerize(Containerizer.to(TarImage.at(layout).named(name))
                    .setExecutorService(executor)
                    .setApplicationLayersCache(workFolder.resolve("jib"))
                    .setAllowInsecureRegistries(transport.isInsecure())
                    .setOfflineMode(offline)
                    .setToolName("ml-maven-plugin"));
        } catch (RegistryException | ExecutionException | CacheDirectoryCreationException e) {
            throw RegistryAccess.failure(base, transport, e);
        } catch (IOException e) {
            // A disk that is full says nothing about the base.
            if (base.isScratch() || e instanceof FileSystemException) {
                throw e;
            }
            throw RegistryAccess.failure(base, transport, e);
        } finally {
            executor.shutdownNow();
        }
        return BaseContents.read(layout, base.toStringWithQualifier());
    }
}
