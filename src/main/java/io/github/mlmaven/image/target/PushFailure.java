package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.registry.NoTlsException;
import io.github.mlmaven.image.registry.Thrown;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;

/** What went wrong with a registry, for the user. */
public final class PushFailure {

    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final String AGAIN =
            "Build again later: layers that arrived are there, and are not sent a second time.";

    private final ImageReference image;
    private final String what;
    private final String where;
    private final String registry;

    PushFailure(ImageReference image) {
        this(image, "the image", image.toString());
    }

    /**
     * Of what is pushed beside an image.
     *
     * @param image the image
     * @param name what is pushed
     */
    public PushFailure(ImageReference image, String name) {
        this(image, name, image + ", " + name);
    }

    private PushFailure(ImageReference image, String what, String where) {
        this.image = image;
        this.what = what;
        this.where = where;
        this.registry = image.getRegistry();
    }

    /** Why it was not. */
    public ImageException of(Exception thrown) {
        Optional<ChangedLayerException> changed = Thrown.cause(thrown, ChangedLayerException.class);
        if (changed.isPresent()) {
            return ImageException.of(changed.get());
        }
        if (thrown instanceof WrongDigestException wrong) {
            return new ImageException(Finding.of(
                    FindingId.IMAGE_PUSH,
                    where,
                    "the registry " + registry + " has another image under this name than the one that it was sent",
                    wrong.sent(),
                    wrong.found(),
                    "Find out who else pushes to this name, or what changes images on their way."));
        }
        return access(thrown).or(() -> transport(thrown)).orElseGet(() -> answer(thrown));
    }

    private Optional<ImageException> access(Exception thrown) {
        if (Thrown.cause(thrown, CredentialRetrievalException.class).isPresent()) {
            return Optional.of(failure(
                    "the credential for the registry " + registry + " cannot be read (" + Thrown.firstLine(thrown)
                            + ")",
                    "Run docker login " + registry + " again, or correct Docker's config.json."));
        }
        if (Thrown.cause(thrown, RegistryCredentialsNotSentException.class).isPresent()) {
            return Optional.of(failure(
                    "the registry " + registry + " wants a password, which is never sent over plain HTTP",
                    "Use a registry with HTTPS, or one without a password."));
        }
        if (Thrown.cause(thrown, RegistryUnauthorizedException.class).isPresent()
                || Thrown.cause(thrown, RegistryAuthenticationFailedException.class)
                        .filter(e -> Thrown.cause(e, ResponseException.class)
                                .filter(answer -> answer.getStatusCode() < TOO_MANY_REQUESTS)
                                .isPresent())
                        .isPresent()) {
            boolean forbidden = Thrown.cause(thrown, ResponseException.class)
                    .filter(answer -> answer.getStatusCode() == FORBIDDEN)
                    .isPresent();
            return Optional.of(failure(
                    "the registry " + registry
                            + (forbidden
                                    ? " does not let this user push to " + image.getRepository()
                                    : " does not know the user, or wants one"),
                    "Run docker login " + registry + ", or put a <server> with <id>" + registry
                            + "</id>, <username> and <password> into Maven's settings.xml, or set ml.image.to.username"
                            + " and ml.image.to.password; and check that the user may push there."));
        }
        return Optional.empty();
    }

    private Optional<ImageException> transport(Exception thrown) {
        if (Thrown.cause(thrown, UnknownHostException.class).isPresent()) {
            return Optional.of(unreachable("unknown host"));
        }
        if (Thrown.cause(thrown, ConnectException.class).isPresent()
                || Thrown.cause(thrown, NoRouteToHostException.class).isPresent()) {
            return Optional.of(unreachable(Thrown.firstLine(thrown)));
        }
        if (Thrown.isUntrusted(thrown)) {
            return Optional.of(failure(
                    "the certificate of the registry " + registry + " is not trusted (" + Thrown.firstLine(thrown)
                            + ")",
                    "Put the certificate of its CA into a trust store (keytool -importcert) and start Maven with"
                            + " MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE; for another host name in the certificate,"
                            + " use that name."));
        }
        if (thrown instanceof NoTlsException) {
            return Optional.of(failure(
                    "the registry " + registry + " does not speak HTTPS (" + Thrown.firstLine(thrown) + ")",
                    "Use a registry with HTTPS; for one within a trusted network, name its host in"
                            + " ml.image.insecureRegistries."));
        }
        return Optional.empty();
    }

    private ImageException unreachable(String reason) {
        return failure(
                "the registry " + registry + " cannot be reached (" + reason + ")",
                "Check the network and the host in ml.image.to.");
    }

    private ImageException answer(Exception thrown) {
        int status = Thrown.cause(thrown, ResponseException.class)
                .map(ResponseException::getStatusCode)
                .orElse(0);
        if (status == TOO_MANY_REQUESTS) {
            return failure(
                    "the registry " + registry + " has too many requests, and asked " + Attempts.TRIES
                            + " times to wait (429)",
                    AGAIN);
        }
        if (status >= SERVER_ERROR) {
            return failure("the registry " + registry + " failed " + Attempts.TRIES + " times (" + status + ")", AGAIN);
        }
        if (thrown instanceof RegistryException || status > 0) {
            return failure(
                    "the registry " + registry + " refuses " + what + " (" + Thrown.firstLine(thrown) + ")",
                    "Check the name in ml.image.to, and whether the registry lets such an image in.");
        }
        return failure(
                "the connection to the registry " + registry + " broke " + Attempts.TRIES + " times ("
                        + Thrown.firstLine(thrown) + ")",
                AGAIN);
    }

    private ImageException failure(String message, String next) {
        return new ImageException(FindingId.IMAGE_PUSH, where, message, next);
    }
}
