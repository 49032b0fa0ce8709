package io.github.mlmaven.image.registry;

/**
 * Who the user is at a registry.
 *
 * @param host the registry's host, with or without its port
 * @param username the user
 * @param password the password or token; never logged
 */
public record RegistryServer(String host, String username, String password) {

    /** Whether Maven could not decrypt the password: that is how it writes encrypted ones. */
    public boolean encrypted() {
        return password.startsWith("{") && password.endsWith("}");
    }

    /** Without the secrets, so that it may stand in any message. */
    @Override
    public String toString() {
        return "RegistryServer[" + host + "]";
    }
}
