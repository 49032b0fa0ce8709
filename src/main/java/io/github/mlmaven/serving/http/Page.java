package io.github.mlmaven.serving.http;

import io.vertx.core.buffer.Buffer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The page to try the models, with headers that keep it to this server and to what is written in it. */
final class Page {

    private static final String RESOURCE = "page.html";

    private Page() {}

    static Reply read() throws IOException {
        String html;
        try (InputStream in = Page.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE);
            }
            html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, String> headers = Map.of(
                "Content-Type",
                "text/html; charset=utf-8",
                "Content-Security-Policy",
                policy(html),
                "Cross-Origin-Resource-Policy",
                "same-origin",
                "Referrer-Policy",
                "no-referrer",
                "X-Content-Type-Options",
                "nosniff",
                "Cache-Control",
                "no-cache");
        return new Reply(200, headers, Buffer.buffer(html));
    }

    /** Its own script and style and no other, requests to this server alone, and text that never becomes markup. */
    private static String policy(String html) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + hash(html, "script"),
                "style-src " + hash(html, "style"),
                "connect-src 'self'",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    /** What a policy names the page's only element of this kind by (CSP 3, "hash-source"). */
    private static String hash(String html, String element) {
        String start = "<" + element + ">";
        String content = html.substring(html.indexOf(start) + start.length(), html.indexOf("</" + element + ">"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
