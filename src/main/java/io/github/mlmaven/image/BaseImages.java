package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.registry.RegistryHost;
import io.github.mlmaven.image.registry.RegistryLogin;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.registry.Transport;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out what identifies a base image, so that the lock can pin it. */
public final class BaseImages {

    private static final String USER_AGENT = "ml-maven-plugin";

    private BaseImages() {}

    /**
     * What identifies a JDK, and the shared libraries that go with it.
     *
     * @param source the JDK
     * @param platform what its programs run on
     * @param modules those that are to be linked beyond what the server needs
     * @param digests what knows or finds out the digests of its files
     * @throws ImageException when it is not a whole JDK
     */
    public static BaseIdentity.Jdk identify(
            JdkSource source, Platform platform, Collection<String> modules, FileDigests digests)
            throws ImageException, IOException {
        return JdkLibraries.identity(source, platform, modules, digests);
    }

    /**
     * Asks the registry for the digest of an image's manifest for every platform that it offers.
     *
     * @param reference its name, with a tag, a digest, or neither
     * @param required the platforms that it must offer
     * @param registries what the user says of registries
     * @param offline whether to use no network, so that nothing can be asked
     * @throws ImageException when the registry does not give it, or not for all of these platforms
     */
    public static BaseIdentity.Registry resolve(
            String reference, Collection<Platform> required, RegistrySettings registries, boolean offline)
            throws ImageException, IOException {
        ImageReference image = ImageName.parseBase(reference);
        if (offline) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    reference,
                    "the lock does not pin the base image yet, and the build is offline",
                    "Build once without -o, or set ml.image.base to jdk, which needs no registry.");
        }
        SortedMap<String, Digest> offered = offered(image, registries);
        List<String> missing = required.stream()
                .sorted()
                .map(Platform::toString)
                .filter(platform -> !offered.containsKey(platform))
                .toList();
        if (!missing.isEmpty()) {
            throw new ImageException(
                    FindingId.IMAGE_PLATFORM,
                    image.toStringWithQualifier(),
                    "the base image does not exist for " + String.join(" and ", missing),
                    "Set ml.image.platform to one that it has, or ml.image.base to another image.");
        }
        return new BaseIdentity.Registry(reference, offered);
    }

    /**
     * What identifies an image in a file or in the Docker daemon.
     *
     * @param image where it is
     * @param required the platform that it must be for
     * @throws ImageException when there is none, or not for that platform
     */
    public static BaseIdentity.Registry identify(LocalImage image, Platform required)
            throws ImageException, IOException, InterruptedException {
        BaseIdentity.Registry found = image.identify();
        if (!found.platforms().containsKey(required.toString())) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_PLATFORM,
                    image.reference(),
                    "the base image is for another platform",
                    required.toString(),
                    String.join(", ", found.platforms().keySet()),
                    "Set ml.image.platform to that one, or ml.image.base to another image."));
        }
        return found;
    }

    private static SortedMap<String, Digest> offered(ImageReference image, RegistrySettings registries)
            throws ImageException, IOException {
        Transport transport = Transport.toPull(image, registries);
        FailoverHttpClient http = new FailoverHttpClient(transport.isInsecure(), false, event -> {});
        try {
            RegistryHost.require(image);
            Optional<Credential> credential =
                    transport.isInsecure() ? Optional.empty() : new RegistryLogin(image, registries).credential();
            RegistryClient client = client(image, credential, http);
            return digests(client.pullManifest(image.getQualifier()), client);
        } catch (RegistryException | CredentialRetrievalException | IOException e) {
            throw RegistryAccess.failure(image, transport, e);
        } finally {
            http.shutDown();
        }
    }

    private static RegistryClient client(ImageReference image, Optional<Credential> credential, FailoverHttpClient http)
            throws IOException, RegistryException {
        RegistryClient.Factory factory = RegistryClient.factory(
                        EventHandlers.NONE, image.getRegistry(), image.getRepository(), http)
                .setUserAgent(USER_AGENT);
        credential.ifPresent(factory::setCredential);
        RegistryClient client = factory.newRegistryClient();
        if (!client.doPullBearerAuth() && credential.isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    private static SortedMap<String, Digest> digests(ManifestAndDigest<ManifestTemplate> pulled, RegistryClient client)
            throws IOException {
        SortedMap<String, Digest> digests = new TreeMap<>();
        if (pulled.getManifest() instanceof ManifestListTemplate list) {
            for (Platform platform : Platform.values()) {
                list.getDigestsForPlatform(platform.architecture(), platform.os()).stream()
                        .findFirst()
                        .ifPresent(digest -> digests.put(platform.toString(), Digest.parse(digest)));
            }
        } else if (pulled.getManifest() instanceof BuildableManifestTemplate manifest) {
            JsonNode config = new ObjectMapper().readTree(config(manifest, client));
            String name = config.path("os").asText() + "/"
                    + config.path("architecture").asText();
            Platform.of(name)
                    .ifPresent(platform ->
                            digests.put(name, Digest.parse(pulled.getDigest().toString())));
        }
        return digests;
    }

    private static byte[] config(BuildableManifestTemplate manifest, RegistryClient client) throws IOException {
        DescriptorDigest digest = manifest.getContainerConfiguration().getDigest();
        if (digest == null) {
            throw new IOException("the manifest names no configuration");
        }
        Bounded config = new Bounded();
        client.pullBlob(digest, size -> {}, bytes -> {}).writeTo(config);
        return config.bytes.toByteArray();
    }

    /** No configuration is as large as what a registry may send. */
    private static final class Bounded extends OutputStream {
        private static final int MAX_BYTES = 1 << 22;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > MAX_BYTES - bytes.size()) {
                throw new IOException("the image's configuration has more than " + MAX_BYTES + " bytes");
            }
            bytes.write(from, offset, length);
        }
    }
}
