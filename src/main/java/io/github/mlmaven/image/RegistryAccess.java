package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.registry.Transport;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong when a base image was read. */
final class RegistryAccess {

    private RegistryAccess() {}

    /**
     * What went wrong, for the user.
     *
     * @param transport how the registry was spoken to
     */
    static ImageException failure(ImageReference image, Transport transport, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<Finding> finding = known(image, transport, cause);
            if (finding.isPresent()) {
                return new ImageException(finding.get());
            }
        }
        return new ImageException(
                FindingId.IMAGE_BASE,
                image.toStringWithQualifier(),
                "the base image could not be read: " + firstLine(thrown),
                "Check the reference and the registry, or set ml.image.base to jdk, which needs no registry.");
    }

    private static Optional<Finding> known(ImageReference image, Transport transport, Throwable cause) {
        String registry = image.getRegistry();
        if (cause instanceof UnknownHostException
                || cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException) {
            return Optional.of(finding(
                    image,
                    "the registry " + registry + " cannot be reached (" + reason(cause) + ")",
                    "Check the network and the reference, or set ml.image.base to jdk, which needs no registry."));
        }
        if (cause instanceof RegistryUnauthorizedException || cause instanceof RegistryAuthenticationFailedException) {
            if (transport == Transport.UNTRUSTED) {
                return Optional.of(finding(
                        image,
                        "the registry " + registry + " wants a password, which is never sent where the certificate is"
                                + " not trusted",
                        "Put the certificate of its CA into a trust store (keytool -importcert) and start Maven with"
                                + " MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE; for another host name in the"
                                + " certificate, use that name."));
            }
            return Optional.of(finding(
                    image,
                    "the registry " + registry + " refuses to give the image to this user",
                    "Run docker login " + registry + ", and check that the image exists and may be read."));
        }
        if (cause instanceof RegistryCredentialsNotSentException) {
            return Optional.of(finding(
                    image,
                    "the registry " + registry + " wants a password, which is never sent over plain HTTP",
                    "Use a registry with HTTPS, or one on this machine without a password."));
        }
        if (cause instanceof InsecureRegistryException || cause instanceof SSLException) {
            return Optional.of(finding(
                    image,
                    "the registry " + registry + " does not speak HTTPS with a trusted certificate",
                    "Use a registry with HTTPS, or name its host in ml.image.insecureRegistries, where no password is"
                            + " sent."));
        }
        if (cause instanceof RegistryException && isNotFound(cause)) {
            return Optional.of(finding(
                    image,
                    "the registry " + registry + " has no such image",
                    "Check the name and the tag or digest of ml.image.base."));
        }
        String message = String.valueOf(cause.getMessage());
        if (message.contains("offline mode")) {
            return Optional.of(finding(
                    image,
                    "the base image is not in the cache, and the build is offline",
                    "Build once without -o, or set ml.image.base to jdk, which needs no registry."));
        }
        return Optional.empty();
    }

    private static boolean isNotFound(Throwable cause) {
        String message = firstLine(cause).toLowerCase(Locale.ROOT);
        return message.contains("unknown") || message.contains("not found") || message.contains("404");
    }

    private static String reason(Throwable cause) {
        return cause instanceof UnknownHostException ? "unknown host" : firstLine(cause);
    }

    private static Finding finding(ImageReference image, String message, String next) {
        return Finding.of(FindingId.IMAGE_BASE, image.toStringWithQualifier(), message, next);
    }

    private static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
