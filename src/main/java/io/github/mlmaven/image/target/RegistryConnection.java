package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.mlmaven.image.registry.RegistryLogin;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.registry.Thrown;
import io.github.mlmaven.image.registry.Transport;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.security.DigestException;
import java.util.Optional;

/** A registry that answered, to push to one repository of it. */
public final class RegistryConnection implements AutoCloseable {

    private static final String USER_AGENT = "ml-maven-plugin";

    private static final int NOT_FOUND = 404;

    /** Of nothing: some blob to ask for. */
    private static final Digest EMPTY = new Digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private final ManifestHttp http;
    private final RegistryClient client;

    private RegistryConnection(ManifestHttp http, RegistryClient client) {
        this.http = http;
        this.client = client;
    }

    /**
     * Finds out whether the registry is there and knows the user.
     *
     * @param image what is pushed
     * @param mountFrom another repository of the same registry, which blobs may be taken from
     * @param settings what the user says of registries
     * @param attempts how often it is tried
     */
    public static RegistryConnection open(
            ImageReference image, Optional<String> mountFrom, RegistrySettings settings, Attempts attempts)
            throws IOException, RegistryException, InterruptedException {
        Transport transport = Transport.toPush(image, settings);
        return attempts.run(image.getRegistry(), () -> open(image, mountFrom, settings, transport));
    }

    private static RegistryConnection open(
            ImageReference image, Optional<String> mountFrom, RegistrySettings settings, Transport transport)
            throws IOException, RegistryException {
        Optional<Credential> credential = Optional.empty();
        if (!transport.isInsecure()) {
            try {
                credential = new RegistryLogin(image, settings).credential();
            } catch (CredentialRetrievalException e) {
                throw new RegistryException(Thrown.firstLine(e), e);
            }
        }
        ManifestHttp http = new ManifestHttp(transport.isInsecure());
        try {
            RegistryClient client = client(image, mountFrom, credential, http);
            client.checkBlob(digest(EMPTY));
            return new RegistryConnection(http, client);
        } catch (IOException | RegistryException e) {
            http.shutDown();
            throw e;
        }
    }

    private static RegistryClient client(
            ImageReference image, Optional<String> mountFrom, Optional<Credential> credential, FailoverHttpClient http)
            throws IOException, RegistryException {
        RegistryClient.Factory factory = (mountFrom.isPresent()
                        ? RegistryClient.factory(
                                EventHandlers.NONE, image.getRegistry(), image.getRepository(), mountFrom.get(), http)
                        : RegistryClient.factory(EventHandlers.NONE, image.getRegistry(), image.getRepository(), http))
                .setUserAgent(USER_AGENT);
        credential.ifPresent(factory::setCredential);
        RegistryClient client = factory.newRegistryClient();
        if (!client.doPushBearerAuth() && credential.isPresent()) {
            client.configureBasicAuth();
        }
        return client;
    }

    RegistryClient client() {
        return client;
    }

    /**
     * The bytes of a manifest as the registry has it, or nothing if it has none of that name. Of one that is larger than
     * registries must take, only the beginning.
     *
     * @param reference a tag or a digest
     */
    public Optional<byte[]> manifest(String reference) throws IOException, RegistryException {
        try {
            return http.manifest(() -> client.checkManifest(reference));
        } catch (IOException | RegistryException e) {
            if (Thrown.cause(e, ResponseException.class)
                    .filter(answer -> answer.getStatusCode() == NOT_FOUND)
                    .isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Puts a manifest there, of which all blobs are there.
     *
     * @param reference its tag or its digest
     * @return the digest of the manifest that the registry will list this one with, where it keeps such lists (OCI
     *     distribution specification, "Pushing Manifests with Subject")
     */
    public Optional<String> put(String mediaType, byte[] manifest, String reference)
            throws IOException, RegistryException {
        client.pushManifest(new RawManifest(mediaType, manifest), reference);
        return http.subject();
    }

    /** A digest as Jib has it. */
    static DescriptorDigest digest(Digest digest) {
        try {
            return DescriptorDigest.fromHash(digest.hex());
        } catch (DigestException e) {
            throw new IllegalArgumentException("not a digest: " + digest, e);
        }
    }

    @Override
    public void close() throws IOException {
        http.shutDown();
    }
}
