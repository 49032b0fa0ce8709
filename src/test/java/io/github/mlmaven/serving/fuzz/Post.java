package io.github.mlmaven.serving.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A request of HTTP/1.1, with whatever one wants in it. */
final class Post {

    private final String line;
    private final List<String> headers = new ArrayList<>(List.of("Host: a"));
    private byte[] body = new byte[0];
    private boolean measured = true;

    private Post(String line) {
        this.line = line;
    }

    /** A POST to this path. */
    static Post to(String path) {
        return line("POST " + path + " HTTP/1.1");
    }

    /** With this request line. */
    static Post line(String line) {
        return new Post(line);
    }

    /** Inference of the Open Inference Protocol. */
    static Post infer(String model) {
        return to("/v2/models/" + model + "/infer");
    }

    Post header(String header) {
        headers.add(header);
        return this;
    }

    /** No headers but those that follow. */
    Post bare() {
        headers.clear();
        return unmeasured();
    }

    /** Without Content-Length. */
    Post unmeasured() {
        measured = false;
        return this;
    }

    Post body(String text) {
        return body(text.getBytes(UTF_8));
    }

    Post body(byte[]... parts) {
        body = joined(parts);
        return this;
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder(line).append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (measured) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return joined(head.append("\r\n").toString().getBytes(ISO_8859_1), body);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
