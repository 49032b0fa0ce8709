package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.http.ResponseException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an exception of Jib's is about. */
public final class Thrown {

    private static final int DEPTH = 20;

    private Thrown() {}

    /** The first cause of a type. */
    public static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Whether it is the certificate, and not that the other side does not speak TLS at all. */
    public static boolean isUntrusted(Throwable thrown) {
        return cause(thrown, GeneralSecurityException.class).isPresent()
                || cause(thrown, SSLPeerUnverifiedException.class).isPresent();
    }

    /** Why, on one line. */
    public static String reason(Throwable thrown) {
        Optional<ResponseException> answer = cause(thrown, ResponseException.class);
        if (answer.isPresent()) {
            return "it answers " + answer.get().getStatusCode();
        }
        return firstLine(thrown);
    }

    /** The first line of its message. */
    public static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
