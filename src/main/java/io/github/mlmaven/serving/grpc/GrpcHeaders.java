package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.inference.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How gRPC writes what it has to say into HTTP/2's headers (gRPC over HTTP2, "Requests" and "Responses"). */
final class GrpcHeaders {

    static final String CONTENT_TYPE = "content-type";
    static final String TIMEOUT = "grpc-timeout";
    static final String ENCODING = "grpc-encoding";
    static final String ACCEPT_ENCODING = "grpc-accept-encoding";
    static final String STATUS = "grpc-status";
    static final String MESSAGE = "grpc-message";

    static final String MEDIA_TYPE = "application/grpc";
    static final String GZIP = "gzip";
    static final String IDENTITY = "identity";

    private static final int MAX_DIGITS = 8;
    private static final String HEX = "0123456789ABCDEF";

    private GrpcHeaders() {}

    /** Whether messages are protobuf in gRPC's frames; gRPC-Web and other serializations are something else. */
    static boolean isGrpc(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase(MEDIA_TYPE) || type.equalsIgnoreCase(MEDIA_TYPE + "+proto");
    }

    /** Whether a list such as {@code identity, deflate, gzip} has gzip in it. */
    static boolean acceptsGzip(@Nullable String encodings) {
        return encodings != null
                && Arrays.stream(encodings.split(","))
                        .anyMatch(encoding ->
                                encoding.strip().toLowerCase(Locale.ROOT).equals(GZIP));
    }

    /** Reads at most eight digits and a unit; without the header there is no deadline. */
    static Deadline deadline(@Nullable String timeout) throws GrpcException {
        if (timeout == null) {
            return Deadline.NONE;
        }
        int digits = timeout.length() - 1;
        if (digits >= 1 && digits <= MAX_DIGITS && timeout.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9')) {
            long amount = Long.parseLong(timeout.substring(0, digits));
            Duration time = switch (timeout.charAt(digits)) {
                case 'H' -> Duration.ofHours(amount);
                case 'M' -> Duration.ofMinutes(amount);
                case 'S' -> Duration.ofSeconds(amount);
                case 'm' -> Duration.ofMillis(amount);
                case 'u' -> Duration.ofNanos(amount * 1000);
                case 'n' -> Duration.ofNanos(amount);
                default -> Duration.ZERO.minusNanos(1);
            };
            if (!time.isNegative()) {
                // Some 200 years fit into a long of nanoseconds; 99,999,999 hours do not.
                return time.toDays() > 36500 ? Deadline.NONE : Deadline.after(time);
            }
        }
        throw new GrpcException(
                GrpcStatus.INVALID_ARGUMENT,
                TIMEOUT + ": expected 1 to 8 digits and one of H, M, S, m, u, n, found " + timeout);
    }

    /** Percent-encoded UTF-8: printable ASCII stays, but for the percent sign. */
    static String encoded(String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(utf8.length + 16);
        for (byte b : utf8) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString();
    }
}
