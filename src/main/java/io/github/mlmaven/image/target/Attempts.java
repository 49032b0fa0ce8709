package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.ResponseException;
import io.github.mlmaven.image.ImageLog;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.registry.Thrown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a registry again when it asks to wait, fails, or breaks the connection; three times at most. */
public final class Attempts {

    /** How often anything is tried. */
    public static final int TRIES = 3;

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final ImageLog log;
    private final Pause pause;
    private final Clock clock;

    /**
     * @param log where waiting is told
     * @param pause how to wait
     * @param clock what a date to wait for is compared with
     */
    public Attempts(ImageLog log, Pause pause, Clock clock) {
        this.log = log;
        this.pause = pause;
        this.clock = clock;
    }

    /** Those that really wait. */
    public static Attempts waiting(ImageLog log) {
        return new Attempts(log, time -> Thread.sleep(time.toMillis()), Clock.systemUTC());
    }

    /** Something to ask of a registry. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws IOException, RegistryException, InterruptedException;
    }

    /**
     * Asks until there is an answer.
     *
     * @param what what it is for, for the user
     */
    public <T> T run(String what, Call<T> call) throws IOException, RegistryException, InterruptedException {
        for (int attempt = 1; true; attempt++) {
            try {
                return call.run();
            } catch (IOException | RegistryException e) {
                Optional<Duration> wait = attempt < TRIES ? wait(e, attempt) : Optional.empty();
                if (wait.isEmpty()) {
                    throw e;
                }
                log.info(what + ": " + Thrown.reason(e) + "; try " + (attempt + 1) + " of " + TRIES + " in "
                        + wait.get().toSeconds() + " s");
                pause.of(wait.get());
            }
        }
    }

    /** How long to wait before the next try, or empty where another one would be no better. */
    private Optional<Duration> wait(Exception thrown, int attempt) {
        Duration growing = SHORTEST.multipliedBy((long) attempt * attempt);
        Optional<ResponseException> answer = Thrown.cause(thrown, ResponseException.class);
        if (answer.isPresent()) {
            int status = answer.get().getStatusCode();
            if (status == TOO_MANY_REQUESTS) {
                return Optional.of(asked(answer.get().getHeaders().getRetryAfter(), growing));
            }
            return status >= SERVER_ERROR ? Optional.of(growing) : Optional.empty();
        }
        return thrown instanceof IOException && isPassing(thrown) ? Optional.of(growing) : Optional.empty();
    }

    /** A connection that broke may hold the next time; who is not there, or not trusted, will not be then either. */
    private static boolean isPassing(Throwable thrown) {
        return Thrown.cause(thrown, ChangedLayerException.class).isEmpty()
                && Thrown.cause(thrown, UnknownHostException.class).isEmpty()
                && Thrown.cause(thrown, ConnectException.class).isEmpty()
                && Thrown.cause(thrown, NoRouteToHostException.class).isEmpty()
                && !Thrown.isUntrusted(thrown)
                && !(thrown instanceof WrongDigestException);
    }

    /** {@code Retry-After} of RFC 9110, section 10.2.3: seconds or a date; never longer than a minute. */
    Duration asked(@Nullable String retryAfter, Duration otherwise) {
        if (retryAfter == null) {
            return otherwise;
        }
        Duration wait;
        try {
            wait = retryAfter.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return otherwise;
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
