package io.github.mlmaven.serving.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a wrong request over a connection of its own, and says what is wrong with the answer. */
final class Client {

    /** Far more than any answer takes: only one that never comes is that late. */
    private static final int HANGING_MILLIS = 10_000;

    private static final int MAX_ERROR = 8192;

    private static final byte[] INNOCENT =
            Post.line("GET /v2/health/live HTTP/1.1").unmeasured().bytes();

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** What the server did other than it should; empty when all is well. */
    Optional<String> complaint(Wrong wrong) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(HANGING_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            send(socket, wrong.request());
            Reply reply = Reply.read(in);
            Optional<String> complaint = complaint(wrong, reply);
            if (complaint.isPresent()) {
                return complaint;
            }
            if (reply.closes()) {
                return in.read() < 0 ? Optional.empty() : Optional.of("more than one reply");
            }
            if (wrong.last()) {
                return Optional.of("the connection stays open");
            }
            send(socket, INNOCENT);
            Reply next = Reply.read(in);
            return next.status() == 200 && next.body().equals("{\"live\":true}")
                    ? Optional.empty()
                    : Optional.of("the next request got " + next);
        } catch (SocketTimeoutException e) {
            return Optional.of("it hangs");
        } catch (EOFException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A server that has answered and closes may not take the rest. */
    private static void send(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException e) {
            // What the server has to say of it is read next.
        }
    }

    private static Optional<String> complaint(Wrong wrong, Reply reply) throws IOException {
        if (reply.status() != wrong.status()) {
            return Optional.of("expected status " + wrong.status() + ", found " + reply);
        }
        if (!reply.head().contains("\r\ncontent-type: application/json\r\n")
                || reply.body().length() > MAX_ERROR) {
            return Optional.of("expected a short error in JSON, found " + reply);
        }
        JsonNode error = JSON.readTree(reply.body());
        boolean only = error.size() == 1 && error.path("error").isTextual();
        return only && wrong.message().matcher(error.path("error").textValue()).find()
                ? Optional.empty()
                : Optional.of("expected an error with " + wrong.message() + ", found " + reply);
    }

    /**
     * An answer.
     *
     * @param head in lower case
     */
    private record Reply(int status, String head, String body) {

        static Reply read(InputStream in) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the connection closes after: " + bytes.toString(ISO_8859_1));
                }
                bytes.write(next);
                head = next == '\n' ? bytes.toString(ISO_8859_1) : "";
            }
            Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
            byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
            int status = Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 400".length()));
            return new Reply(status, head.toLowerCase(Locale.ROOT), new String(body, UTF_8));
        }

        boolean closes() {
            return head.contains("\r\nconnection: close\r\n");
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }
}
