package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * What is no HTTP/1.1, and what one server reads as one request and another as two (RFC 9112 §11.2). A table, and so
 * long.
 */
final class WireKinds {

    /** Asks a model that nobody else asks: what it counts has been smuggled. */
    static final byte[] SMUGGLED = Post.infer(FuzzedServer.CANARY)
            .body("{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}")
            .bytes();

    private static final String BODY =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";
    private static final String LENGTH = "Content-Length: " + BODY.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CHUNKS = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String SIZE = Integer.toHexString(BODY.length());
    private static final String NO_HTTP = "^not a request of HTTP/1.1: .*";

    private WireKinds() {}

    static List<Kind<Wrong>> kinds() {
        List<Kind<Wrong>> kinds = new ArrayList<>(lengths());
        kinds.addAll(headers());
        kinds.addAll(chunks());
        kinds.addAll(lines());
        return kinds;
    }

    private static List<Kind<Wrong>> lengths() {
        return List.of(
                Kind.each(
                        "Content-Length and Transfer-Encoding",
                        List.of("0\r\n\r\n", CHUNKS, BODY),
                        (dice, body) -> smuggled(
                                dice.below(2) == 0
                                        ? LENGTH + "\r\n" + CHUNKED
                                        : CHUNKED + "\r\nContent-Length: " + dice.oneOf(0, 4, 1000),
                                body,
                                NO_HTTP + "Content-Length .* Transfer-Encoding")),
                Kind.each(
                        "two Content-Lengths",
                        List.of("0", "3", Integer.toString(BODY.length()), "99999", "-1"),
                        (dice, other) -> smuggled(
                                dice.below(2) == 0
                                        ? LENGTH + "\r\nContent-Length: " + other
                                        : "Content-Length: " + other + "\r\n" + LENGTH,
                                BODY,
                                NO_HTTP + "Multiple Content-Length values found")),
                Kind.each(
                        "a list of Content-Lengths",
                        List.of("5, 6", BODY.length() + "," + BODY.length(), "5,"),
                        (dice, list) -> smuggled("Content-Length: " + list, BODY, NO_HTTP + "Content-Length value")),
                Kind.each(
                        "a Content-Length that is none",
                        List.of(
                                "-1",
                                "+5",
                                "0x42",
                                "1e1",
                                "5 5",
                                "abc",
                                "",
                                "99999999999999999999",
                                "5\u00a0",
                                "5;a",
                                "\"5\""),
                        (dice, length) -> smuggled(
                                "Content-Length: " + length, BODY, NO_HTTP + "Content-Length value is not a number")),
                // One alone: the server waits a second for the rest before it closes.
                new Kind<>("a Content-Length that is too large", 1, (dice, turn) -> {
                    String length = dice.oneOf("" + (FuzzedServer.MAX_BODY + 1), "4294967361", "9223372036854775807");
                    return Wrong.last(
                            Post.joined(raw("Content-Length: " + length, ""), SMUGGLED),
                            413,
                            "^"
                                    + exactly("the body is too large: expected at most " + FuzzedServer.MAX_BODY
                                            + " bytes, found " + length)
                                    + "$");
                }),
                Kind.each(
                        "a Transfer-Encoding that is not chunked",
                        List.of(
                                "xchunked",
                                "identity",
                                "chunked, identity",
                                "chunked, chunked",
                                "gzip, chunked",
                                "gzip",
                                "\"chunked\"",
                                "chunked;q=1",
                                "chunked\u00a0",
                                "\u000bchunked",
                                "",
                                "chunkedchunked",
                                "trailers"),
                        (dice, coding) -> smuggled("Transfer-Encoding: " + coding, CHUNKS, NO_HTTP)),
                Kind.each(
                        "several Transfer-Encodings",
                        List.of("identity", "chunked", "x", "gzip"),
                        (dice, coding) -> smuggled(
                                dice.below(2) == 0
                                        ? CHUNKED + "\r\nTransfer-Encoding: " + coding
                                        : "Transfer-Encoding: " + coding + "\r\n" + CHUNKED,
                                CHUNKS,
                                NO_HTTP)),
                new Kind<>(
                        "Transfer-Encoding in HTTP/1.0",
                        2,
                        (dice, turn) -> last(
                                Post.line("POST /v2/models/identity-fp32/infer HTTP/1.0")
                                        .unmeasured()
                                        .header(CHUNKED)
                                        .body(CHUNKS),
                                400,
                                NO_HTTP + "Transfer-Encoding")));
    }

    private static List<Kind<Wrong>> headers() {
        return List.of(
                Kind.each(
                        "a folded header",
                        List.of(
                                "Content-Length: 6\r\n 6",
                                "Content-Length:\r\n\t5,\r\n 5",
                                "Transfer-Encoding:\r\n chunked",
                                "Transfer-Encoding: chunked\r\n , identity",
                                "Transfer-Encoding: x\r\n chunked"),
                        (dice, header) -> smuggled(header, CHUNKS, NO_HTTP)),
                Kind.each(
                        "a space before the colon",
                        List.of(
                                LENGTH.replace(":", " :"),
                                CHUNKED.replace(":", " :"),
                                CHUNKED.replace(":", "\t:"),
                                "X : 1",
                                " X: 1\r\n" + LENGTH),
                        (dice, header) -> smuggled(
                                dice.below(2) == 0 ? header : LENGTH + "\r\n" + header, BODY, NO_HTTP + "|a: *X: 1")),
                Kind.each(
                        "a name of a header that is none",
                        List.of(
                                "X[y]: 1",
                                "X(y): 1",
                                "X\u00e4: 1",
                                "X\u0000: 1",
                                "X\u0001: 1",
                                "\"X\": 1",
                                "X{}: 1",
                                "X/Y: 1",
                                "X@: 1",
                                "X,Y: 1"),
                        (dice, header) -> smuggled(LENGTH + "\r\n" + header, BODY, NO_HTTP + "header name")),
                Kind.each(
                        "a header without a name",
                        List.of(": 1", ":", ": chunked"),
                        (dice, header) -> smuggled(LENGTH + "\r\n" + header, BODY, NO_HTTP + "a header has no name")),
                Kind.each(
                        "a header without a colon",
                        List.of("X", "X 1", "chunked"),
                        (dice, header) -> smuggled(LENGTH + "\r\n" + header, BODY, NO_HTTP + "No colon found")),
                Kind.each(
                        "a value with control characters",
                        List.of(
                                "X: a\u0000b",
                                "X: a\rb",
                                "X: a\r" + CHUNKED,
                                "X: a\n" + CHUNKED,
                                "X: a\n\n",
                                "X: \u0001\u0000"),
                        (dice, header) -> smuggled(LENGTH + "\r\n" + header, BODY, NO_HTTP)),
                Kind.each(
                        "no host, or several",
                        List.of(
                                "",
                                "Host: a\r\nHost: b\r\n",
                                "Host: a\r\nHost: a\r\n",
                                "Host: a\r\nhost: a\r\nHOST: b\r\n"),
                        (dice, hosts) -> last(
                                Post.line("POST /v2/models/identity-fp32/infer HTTP/1.1\r\n" + hosts + LENGTH)
                                        .bare()
                                        .body(BODY),
                                400,
                                NO_HTTP + "expected one header Host, found [023]")),
                Kind.each(
                        "headers that are too large",
                        List.of(
                                "X: " + "a".repeat(9000),
                                "a".repeat(9000) + ": 1",
                                "X: a\r\n".repeat(3000).strip(),
                                "X: " + "\r\n abc".repeat(3000)),
                        (dice, headers) -> Wrong.last(
                                raw(LENGTH + "\r\n" + headers, BODY),
                                431,
                                "^the headers are too large: .*larger than 8192 bytes")));
    }

    private static List<Kind<Wrong>> chunks() {
        return List.of(
                Kind.each(
                        "a size of a chunk that is none",
                        List.of(
                                "-1",
                                "+5",
                                "0x42",
                                "zz",
                                "",
                                " ",
                                "5 5",
                                "FFFFFFFF",
                                "FFFFFFFFFFFFFFFFF",
                                "7fffffffffffffff",
                                "4 2",
                                "\u00bd",
                                "5,5"),
                        (dice, size) -> chunked(size + "\r\n" + BODY + "\r\n0\r\n\r\n", "")),
                Kind.each(
                        "a line of a chunk that does not end",
                        List.of(
                                SIZE + "\n",
                                SIZE + "\r",
                                SIZE + "\n\r",
                                SIZE + ";a\nb\r\n",
                                SIZE + ";a\rb\r\n",
                                SIZE + "\u0000\r\n"),
                        (dice, line) -> chunked(line + BODY + "\r\n0\r\n\r\n", "")),
                Kind.each(
                        "an extension of a chunk that is garbage",
                        List.of(";\u0000", ";\u0001\u0002", ";a=\u0000", ";\u007f"),
                        (dice, extension) ->
                                chunked(SIZE + extension + "\r\n" + BODY + "\r\n0\r\n\r\n", "extension|character")),
                new Kind<>(
                        "an extension of a chunk that is too long",
                        1,
                        (dice, turn) -> chunked(
                                SIZE + ";" + "a".repeat(10_000) + "\r\n" + BODY + "\r\n0\r\n\r\n",
                                "larger than 4096 bytes")),
                Kind.each(
                        "a chunk shorter or longer than its size",
                        List.of(-5, -1, 1, 2),
                        (dice, more) -> chunked(
                                Integer.toHexString(BODY.length() - more) + "\r\n" + BODY + "\r\n0\r\n\r\n",
                                "CR LF|chunk size")),
                Kind.each(
                        "a chunk that does not end",
                        List.of("\n", "\r", "", "  ", "\n\r"),
                        (dice, end) -> chunked(SIZE + "\r\n" + BODY + end + "0\r\n\r\n", "CR LF")),
                Kind.each(
                        "a trailer that is none",
                        List.of("bad", "X[]: 1", " X: 1", "X: a\u0000b", "X : 1"),
                        (dice, trailer) -> chunked(SIZE + "\r\n" + BODY + "\r\n0\r\n" + trailer + "\r\n\r\n", "")),
                new Kind<>("chunks that are too much", 1, (dice, turn) -> {
                    String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
                    return Wrong.last(
                            raw(CHUNKED, chunk.repeat(1 + (FuzzedServer.MAX_BODY >> 20)) + "0\r\n\r\n"),
                            413,
                            "^"
                                    + exactly("the body is too large: expected at most " + FuzzedServer.MAX_BODY
                                            + " bytes, found more"));
                }));
    }

    private static List<Kind<Wrong>> lines() {
        String path = "/v2/models/identity-fp32/infer";
        return List.of(
                Kind.each(
                        "a request line that is none",
                        List.of(
                                "",
                                "POST",
                                "POST " + path,
                                "POST  HTTP/1.1",
                                "POST " + path + " HTTP",
                                "POST " + path + " HTTP/1.1 x",
                                "P(ST " + path + " HTTP/1.1",
                                "POST\u0000 " + path + " HTTP/1.1",
                                "POST /a b HTTP/1.1",
                                "POST /\u0000 HTTP/1.1",
                                "POST /\u0001 HTTP/1.1",
                                "POST " + path + "\tHTTP/1.1\u0000",
                                "P\u00e4ST / HTTP/1.1",
                                "{\"inputs\":[]}",
                                "hello"),
                        (dice, line) -> last(
                                Post.line(line + (line.isEmpty() ? "x" : "")).body(BODY), 400, NO_HTTP)),
                Kind.each(
                        "another version",
                        List.of("HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "HTTP/0.9", "FTP/1.1", "HTTPS/1.1", "ICY/1.0"),
                        (dice, version) -> last(
                                Post.line("POST " + path + " " + version).body(BODY),
                                400,
                                NO_HTTP + "expected the version HTTP/1.1 or HTTP/1.0, found " + version)),
                Kind.each(
                        "a request line that is too long",
                        List.of(
                                "POST /" + "a".repeat(5000) + " HTTP/1.1",
                                "POST /?" + "%00".repeat(3000) + " HTTP/1.1",
                                "A".repeat(9000) + " / HTTP/1.1"),
                        (dice, line) -> last(
                                Post.line(line).body(BODY),
                                414,
                                "^the request line is too long: .*larger than 4096 bytes")),
                Kind.each(
                        "lines that do not end as lines do",
                        List.of("\n", "\n\n", "\r", "\u0000\r\n"),
                        (dice, end) -> Wrong.last(
                                Post.joined(
                                        new String(raw(LENGTH, ""), ISO_8859_1)
                                                .replace("\r\n", end)
                                                .getBytes(ISO_8859_1),
                                        (BODY + "\r\n\r\n").getBytes(UTF_8)),
                                400,
                                NO_HTTP)),
                Kind.each(
                        "no HTTP at all",
                        List.of(
                                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
                                "SSH-2.0-OpenSSH_9\r\n\r\n",
                                "*1\r\n$4\r\nPING\r\n",
                                "EHLO a\r\n",
                                "<xml/>\r\n",
                                "\u0000\u0001\u0002\u0003\r\n"),
                        (dice, text) -> Wrong.last(text.getBytes(ISO_8859_1), 400, NO_HTTP)),
                new Kind<>("noise in the place of HTTP", 20, (dice, turn) -> {
                    byte[] noise = dice.bytes(dice.between(10, 200));
                    noise[0] = (byte) (int) dice.oneOf(0xff, 0x80, 0x01);
                    return Wrong.last(Post.joined(noise, "\r\n\r\n".getBytes(UTF_8)), 400, NO_HTTP);
                }));
    }

    /** A request with such headers and another one behind it, which is not to be answered. */
    private static Wrong smuggled(String headers, String body, String message) {
        return Wrong.last(Post.joined(raw(headers, body), SMUGGLED), 400, message);
    }

    private static Wrong chunked(String chunks, String message) {
        return Wrong.last(Post.joined(raw(CHUNKED, chunks), SMUGGLED), 400, "^the body is broken: .*(" + message + ")");
    }

    private static Wrong last(Post request, int status, String message) {
        return Wrong.last(Post.joined(request.bytes(), SMUGGLED), status, message);
    }

    private static byte[] raw(String headers, String body) {
        return Post.infer("identity-fp32")
                .unmeasured()
                .header(headers)
                .body(body)
                .bytes();
    }
}
