package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.image.registry.RegistryServer;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Server;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.AuthenticationContext;
import org.eclipse.aether.repository.RemoteRepository;

/** The servers of Maven's settings that name a registry by its host. */
public final class RegistryServers {

    private RegistryServers() {}

    /**
     * Every server with a user and a password; whatever is encrypted, Maven has decrypted it by then for its own use.
     *
     * @param session the build
     */
    public static List<RegistryServer> of(MavenSession session) {
        List<RegistryServer> servers = new ArrayList<>();
        for (Server server : session.getSettings().getServers()) {
            RemoteRepository named = named(server.getId(), session.getRepositorySession());
            try (AuthenticationContext context =
                    AuthenticationContext.forRepository(session.getRepositorySession(), named)) {
                String username = context == null ? null : context.get(AuthenticationContext.USERNAME);
                String password = context == null ? null : context.get(AuthenticationContext.PASSWORD);
                if (username != null && password != null) {
                    servers.add(new RegistryServer(server.getId(), username, password));
                }
            }
        }
        return servers;
    }

    /** Maven finds out who the user is by the id of a repository. */
    private static RemoteRepository named(String id, RepositorySystemSession session) {
        RemoteRepository repository = new RemoteRepository.Builder(id, "default", "https://registry").build();
        Authentication authentication = session.getAuthenticationSelector().getAuthentication(repository);
        return new RemoteRepository.Builder(repository)
                .setAuthentication(authentication)
                .build();
    }
}
