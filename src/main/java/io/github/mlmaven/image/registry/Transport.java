package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.ImageReference;
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
 * How a registry is spoken to. Jib would try for a minute to find that out, and where it may speak plain HTTP it would
 * also take any certificate, and give it the password.
 */
public enum Transport {
    /** TLS, with a certificate that this JVM trusts. Only here a password is given. */
    TRUSTED,
    /** TLS, with a certificate that nobody vouches for. */
    UNTRUSTED,
    /** No TLS. */
    PLAIN;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int HTTPS = 443;

    /**
     * How to push.
     *
     * @return never {@link #UNTRUSTED}
     * @throws NoTlsException when it would be without TLS, but may not
     * @throws SSLException when the certificate is not trusted
     */
    public static Transport toPush(ImageReference image, RegistrySettings settings) throws IOException {
        if (RegistryHost.isBehindProxy(image)) {
            return TRUSTED;
        }
        RegistryHost.require(image);
        try {
            handshake(image);
            return TRUSTED;
        } catch (SSLException | SocketException | SocketTimeoutException e) {
            if (e instanceof ConnectException || Thrown.isUntrusted(e)) {
                throw e;
            }
            // Some servers answer what they do not understand, others are gone.
            if (!settings.allowsHttp(image)) {
                throw new NoTlsException(e);
            }
            return PLAIN;
        }
    }

    /**
     * How to pull. A registry that cannot be asked is not trusted, as what is pulled may be there already.
     *
     * @param image what is pulled
     * @param settings what the user says of registries
     */
    public static Transport toPull(ImageReference image, RegistrySettings settings) {
        if (!settings.allowsHttp(image)) {
            return TRUSTED;
        }
        if (RegistryHost.isBehindProxy(image)) {
            // Only the proxy could be asked, and what is behind it may be anything.
            return UNTRUSTED;
        }
        try {
            return toPush(image, settings);
        } catch (IOException e) {
            return Thrown.isUntrusted(e) ? UNTRUSTED : PLAIN;
        }
    }

    /** Whether Jib may try it without TLS and with any certificate, and so gets no password to try with. */
    public boolean isInsecure() {
        return this != TRUSTED;
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
