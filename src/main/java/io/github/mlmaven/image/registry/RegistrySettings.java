package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user says of registries.
 *
 * @param servers who the user is, from Maven's settings; they win over what {@code docker login} left
 * @param insecure hosts, with or without a port, that may be spoken to without TLS; this machine may always
 */
public record RegistrySettings(List<RegistryServer> servers, Set<String> insecure) {

    /** Nothing is said. */
    public static final RegistrySettings NONE = new RegistrySettings(List.of(), Set.of());

    public RegistrySettings {
        servers = List.copyOf(servers);
        insecure = Set.copyOf(insecure);
    }

    /** The registry, with its port, that a name leads to; the name itself when it is none. */
    public static String registryOf(String name) {
        try {
            return ImageReference.parse(name).getRegistry();
        } catch (InvalidImageReferenceException e) {
            return name;
        }
    }

    /** Who the user is at the registry of an image; a server with the port wins over one without. */
    public Optional<RegistryServer> server(ImageReference image) {
        return server(image.getRegistry()).or(() -> server(RegistryHost.name(image)));
    }

    private Optional<RegistryServer> server(String host) {
        return servers.stream().filter(server -> server.host().equals(host)).findFirst();
    }

    /** Plain HTTP is for a registry on this machine, and for those that the user names. */
    public boolean allowsHttp(ImageReference image) {
        String host = RegistryHost.name(image);
        return RegistryHost.isThisMachine(host) || insecure.contains(host) || insecure.contains(image.getRegistry());
    }
}
