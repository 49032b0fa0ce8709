package io.github.mlmaven.image.registry;

import java.util.regex.Pattern;

/**
 * Who the user is at a registry.
 *
 * @param host the registry's host, with or without its port
 * @param username the user
 * @param password the password or token; never logged
 */
public record RegistryServer(String host, String username, String password) {

    private static final Pattern ENCRYPTED = Pattern.compile("\\{(\\[[^]]*])?[A-Za-z0-9+/=]+}");

    /** Whether Maven could not decrypt the password: that is how it writes encrypted ones. */
    public boolean encrypted() {
        // Not what merely has braces, as the JSON of a service account's key does.
        return ENCRYPTED.matcher(password).matches();
    }

    /** Without the secrets, so that it may stand in any message. */
    @Override
    public String toString() {
        return "RegistryServer[" + host + "]";
    }
}
