package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.mlmaven.image.registry.RegistryHost;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Finds out whether a registry speaks TLS, with a certificate that this JVM trusts. Jib would try for a minute, and where
 * it may speak plain HTTP it would also take any certificate.
 */
final class Transport {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int HTTPS = 443;

    private Transport() {}

    /**
     * Whether the registry is to be spoken to without TLS.
     *
     * @throws NoTlsException when it would be, but may not
     * @throws SSLException when its certificate is not trusted
     */
    static boolean isPlain(ImageReference image, RegistrySettings settings) throws IOException {
        if (RegistryHost.isBehindProxy()) {
            return false;
        }
        RegistryHost.require(image);
        try {
            handshake(image);
            return false;
        } catch (SSLException | SocketException | SocketTimeoutException e) {
            if (e instanceof ConnectException || Thrown.isUntrusted(e)) {
                throw e;
            }
            // Some servers answer what they do not understand, others are gone.
            if (!settings.allowsHttp(image)) {
                throw new NoTlsException(e);
            }
            return true;
        }
    }

    private static void handshake(ImageReference image) throws IOException {
        URI registry = URI.create("https://" + image.getRegistry());
        String host = registry.getHost();
        int port = registry.getPort() < 0 ? HTTPS : registry.getPort();
        SSLContext context = context();
        try (Socket socket = new Socket()) {
            connect(socket, new InetSocketAddress(RegistryHost.name(image), port));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
            }
        }
    }

    /** One of its own, which reads the trust store that the system properties name now. */
    private static SSLContext context() throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException("this JVM's trust store cannot be used: " + e.getMessage(), e);
        }
    }

    private static void connect(Socket socket, InetSocketAddress address) throws IOException {
        try {
            socket.connect(address, TIMEOUT_MILLIS);
        } catch (SocketTimeoutException e) {
            ConnectException silent = new ConnectException("no answer within " + TIMEOUT_MILLIS / 1000 + " s");
            silent.initCause(e);
            throw silent;
        }
    }
}
