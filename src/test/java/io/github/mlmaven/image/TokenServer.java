package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Gives tokens for a registry (distribution, "Token Authentication Specification"): to {@code reader} with {@code secret}
 * for whatever is asked, to nobody for nothing, and none for a wrong password.
 */
public final class TokenServer implements AutoCloseable {

    /** What the registry must call itself, and what the tokens are from. */
    static final String SERVICE = "test";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RIGHT =
            "Basic " + Base64.getEncoder().encodeToString("reader:secret".getBytes(StandardCharsets.US_ASCII));
    private static final int LIFE = 300;

    private final HttpsServer server;
    private final PrivateKey key;
    private final byte[] certificate;
    private final List<String> scopes = new CopyOnWriteArrayList<>();

    /** Starts it with TLS; the tokens are signed by the certificate's key. */
    public TokenServer(TestCertificate certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, TestCertificate.PASSWORD.toCharArray());
        }
        String alias = keys.aliases().nextElement();
        this.key = (PrivateKey) keys.getKey(alias, TestCertificate.PASSWORD.toCharArray());
        this.certificate = keys.getCertificate(alias).getEncoded();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, TestCertificate.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/token", this::answer);
        server.start();
    }

    /** Where tokens are given. */
    String realm() {
        return "https://localhost:" + server.getAddress().getPort() + "/token";
    }

    /** What tokens were asked for. */
    public List<String> scopes() {
        return List.copyOf(scopes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String user = exchange.getRequestHeaders().getFirst("Authorization");
            if (user != null && !user.equals(RIGHT)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            ObjectNode token = JSON.createObjectNode().put("token", token(exchange, user != null));
            byte[] body = JSON.writeValueAsBytes(token);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private String token(HttpExchange exchange, boolean known) throws IOException, GeneralSecurityException {
        ObjectNode header = JSON.createObjectNode().put("typ", "JWT").put("alg", "ES256");
        header.putArray("x5c").add(Base64.getEncoder().encodeToString(certificate));
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", SERVICE)
                .put("sub", known ? "reader" : "")
                .put("aud", SERVICE)
                .put("exp", now + LIFE)
                .put("nbf", now - LIFE)
                .put("iat", now)
                .put("jti", String.valueOf(now));
        ArrayNode access = claims.putArray("access");
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&")) {
            if (parameter.startsWith("scope=")) {
                String scope = URLDecoder.decode(parameter.substring("scope=".length()), StandardCharsets.UTF_8);
                scopes.add(scope);
                String[] parts = scope.split(":");
                if (known) {
                    ArrayNode actions = access.addObject()
                            .put("type", parts[0])
                            .put("name", parts[1])
                            .putArray("actions");
                    List.of(parts[2].split(",")).forEach(actions::add);
                }
            }
        }
        String signed = part(JSON.writeValueAsBytes(header)) + "." + part(JSON.writeValueAsBytes(claims));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + part(signature.sign());
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
