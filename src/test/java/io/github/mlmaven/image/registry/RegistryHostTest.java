package io.github.mlmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.ImageReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryHostTest {

    private static final String[] PROPERTIES = {"https.proxyHost", "http.proxyHost", "http.nonProxyHosts"};

    @AfterEach
    void noProxy() {
        for (String property : PROPERTIES) {
            System.clearProperty(property);
        }
    }

    @Test
    void aProxyStandsBeforeWhatJavaAsksItFor() throws Exception {
        assertThat(isBehindProxy("registry.example.com")).isFalse();
        System.setProperty("https.proxyHost", "proxy.example.com");
        assertThat(isBehindProxy("registry.example.com")).isTrue();
        assertThat(isBehindProxy("localhost:5000")).isFalse();
        assertThat(isBehindProxy("127.0.0.1:5000")).isFalse();
        System.setProperty("http.nonProxyHosts", "*.example.com");
        assertThat(isBehindProxy("registry.example.com")).isFalse();
    }

    private static boolean isBehindProxy(String registry) throws Exception {
        return RegistryHost.isBehindProxy(ImageReference.parse(registry + "/acme/x:1"));
    }
}
