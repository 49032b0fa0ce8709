package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;

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
        if (!isBehindProxy(image)) {
            InetAddress.getAllByName(name(image));
        }
    }

    /** Whether a proxy stands between this machine and a registry, by the system properties of Java. */
    static boolean isBehindProxy(ImageReference image) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && Stream.of("https://", "http://")
                        .map(scheme -> URI.create(scheme + image.getRegistry()))
                        .flatMap(uri -> selector.select(uri).stream())
                        .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }
}
