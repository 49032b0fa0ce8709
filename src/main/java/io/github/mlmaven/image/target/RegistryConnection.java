package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.mlmaven.image.registry.RegistryLogin;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.registry.Transport;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.security.DigestException;
import java.util.Optional;

/** A registry that answered, to push to one repository of it. */
final class RegistryConnection implements AutoCloseable {

    private static final String USER_AGENT = "ml-maven-plugin";

    /** Of nothing: some blob to ask for. */
    private static final Digest EMPTY = new Digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private final FailoverHttpClient http;
    private final RegistryClient client;

    private RegistryConnection(FailoverHttpClient http, RegistryClient client) {
        this.http = http;
        this.client = client;
    }

    /**
     * Finds out whether the registry knows the user.
     *
     * @param image what is pushed
     * @param mountFrom another repository of the same registry, which blobs may be taken from
     * @param settings what the user says of registries
     * @param transport how it is spoken to; only a trusted certificate gets a password
     */
    static RegistryConnection open(
            ImageReference image, Optional<String> mountFrom, RegistrySettings settings, Transport transport)
            throws IOException, RegistryException, CredentialRetrievalException {
        Optional<Credential> credential =
                transport.isInsecure() ? Optional.empty() : new RegistryLogin(image, settings).credential();
        return open(image, mountFrom, credential, transport);
    }

    private static RegistryConnection open(
            ImageReference image, Optional<String> mountFrom, Optional<Credential> credential, Transport transport)
            throws IOException, RegistryException {
        FailoverHttpClient http = new FailoverHttpClient(transport.isInsecure(), false, event -> {});
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
