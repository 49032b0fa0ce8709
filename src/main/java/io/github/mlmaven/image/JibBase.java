package io.github.mlmaven.image;

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
import io.github.mlmaven.image.registry.RegistryLogin;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final Path workFolder;
    private final RegistrySettings registries;

    JibBase(ImageReference name, Path workFolder, RegistrySettings registries) {
        this.name = name;
        this.workFolder = workFolder;
        this.registries = registries;
    }

    /** The configuration of an image from scratch. */
    BaseContents scratch(Platform platform, Map<String, String> environment, Map<String, String> labels)
            throws IOException, InterruptedException, ImageException {
        JibContainerBuilder builder = Jib.fromScratch().setEnvironment(environment);
        return contents(builder, platform, labels, ImageReference.scratch(), true);
    }

    /** The base image's layers, and the configuration on top of its own. */
    BaseContents registry(BaseImage.Registry base, Platform platform, Map<String, String> labels, boolean offline)
            throws IOException, InterruptedException, ImageException {
        ImageReference reference = ImageName.parseBase(base.reference())
                .withQualifier(base.digest(platform).toString());
        RegistryImage image = RegistryImage.named(reference);
        new RegistryLogin(reference, registries).retrievers().forEach(image::addCredentialRetriever);
        return contents(Jib.from(image), platform, labels, reference, offline);
    }

    private BaseContents contents(
            JibContainerBuilder builder,
            Platform platform,
            Map<String, String> labels,
            ImageReference base,
            boolean offline)
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
                .setLabels(described(labels));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            builder.containerize(Containerizer.to(TarImage.at(layout).named(name))
                    .setExecutorService(executor)
                    .setApplicationLayersCache(workFolder.resolve("jib"))
                    .setAllowInsecureRegistries(!base.isScratch() && registries.allowsHttp(base))
                    .setOfflineMode(offline)
                    .setToolName("ml-maven-plugin"));
        } catch (RegistryException | ExecutionException | CacheDirectoryCreationException e) {
            throw RegistryAccess.failure(base, e);
        } catch (IOException e) {
            if (base.isScratch()) {
                throw e;
            }
            throw RegistryAccess.failure(base, e);
        } finally {
            executor.shutdownNow();
        }
        return BaseContents.read(layout);
    }

    private Map<String, String> described(Map<String, String> labels) {
        SortedMap<String, String> described = new TreeMap<>(labels);
        String repository = name.getRepository();
        described.putIfAbsent("org.opencontainers.image.title", repository.substring(repository.lastIndexOf('/') + 1));
        described.putIfAbsent("org.opencontainers.image.version", name.getQualifier());
        return described;
    }
}
