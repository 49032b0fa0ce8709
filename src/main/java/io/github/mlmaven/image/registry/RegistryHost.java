package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that a registry is on. */
public final class RegistryHost {

    private RegistryHost() {}

    /** The registry's host, without a port; an IPv6 address in brackets. */
    public static String name(ImageReference image) {
        return name(image.getRegistry());
    }

    static String name(String registry) {
        return registry.startsWith("[")
                ? registry.substring(0, registry.indexOf(']') + 1)
                : registry.replaceFirst(":\\d+$", "");
    }

    static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /**
     * Jib tries for a minute before it believes that there is no such host; behind a proxy only the proxy knows.
     *
     * @throws UnknownHostException when there is no such host
     */
    public static void require(ImageReference image) throws UnknownHostException {
        if (!isBehindProxy()) {
            InetAddress.getAllByName(name(image));
        }
    }

    /** Whether a proxy stands between this machine and registries. */
    public static boolean isBehindProxy() {
        return System.getProperty("https.proxyHost") != null || System.getProperty("http.proxyHost") != null;
    }
}
