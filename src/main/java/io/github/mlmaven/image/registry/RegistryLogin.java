package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** As whom a registry is spoken to, in Jib's order: Maven's settings, {@code docker login}, the well-known helpers. */
public final class RegistryLogin {

    private final ImageReference image;
    private final RegistrySettings settings;

    /** For the registry of an image. */
    public RegistryLogin(ImageReference image, RegistrySettings settings) {
        this.image = image;
        this.settings = settings;
    }

    /** What may have a credential, in the order in which it is asked. */
    public List<CredentialRetriever> retrievers() {
        List<CredentialRetriever> retrievers = new ArrayList<>();
        settings.server(image)
                .map(server -> Credential.from(server.username(), server.password()))
                .ifPresent(credential -> retrievers.add(() -> Optional.of(credential)));
        // What Jib would log about helpers that are not there says nothing to the user.
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(image, event -> {});
        retrievers.add(factory.dockerConfig());
        retrievers.add(factory.wellKnownCredentialHelpers());
        return retrievers;
    }

    /** The first credential that there is. */
    public Optional<Credential> credential() throws CredentialRetrievalException {
        for (CredentialRetriever retriever : retrievers()) {
            Optional<Credential> credential = retriever.retrieve();
            if (credential.isPresent()) {
                return credential;
            }
        }
        return Optional.empty();
    }
}
