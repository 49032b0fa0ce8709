package io.github.mlmaven.verify.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A model of two files, a key, and what its signature comes to. */
abstract class SignatureFixture {

    static final String SIGNATURE = "src/main/model/m/model.sig: ";
    static final String RESTORE =
            ". Restore the files and model.sig from the same release; do not use them until they fit.";
    static final Clock NOW = Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path project;

    Path folder;
    KeyPair key;

    @BeforeEach
    void aModelOfTwoFilesAndAKey() throws IOException, GeneralSecurityException {
        folder = project.resolve("m");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("model.onnx"), "a model");
        Files.writeString(folder.resolve("data/weights"), "weights of it");
        key = ec("secp256r1");
    }

    String bundleWith(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).bundle(change).sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    String statementWith(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).statement(change).sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    String statementLine(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).statement(change).sign();
        return lines(verify(trust(key.getPublic()))).get(0);
    }

    String shardsWith(String name) throws Exception {
        new SignedModel(folder, key.getPrivate())
                .shards(5)
                .statement(statement -> resource(statement).put("name", name))
                .sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    static String invalid(List<String> lines) {
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("ML-SIGN-INVALID: " + SIGNATURE).endsWith(RESTORE);
        return lines.get(0)
                .substring(
                        ("ML-SIGN-INVALID: " + SIGNATURE).length(), lines.get(0).length() - RESTORE.length());
    }

    static ObjectNode serialization(ObjectNode statement) {
        return (ObjectNode) statement.at("/predicate/serialization");
    }

    static ObjectNode resource(ObjectNode statement) {
        return (ObjectNode) statement.at("/predicate/resources/0");
    }

    SignatureResult verify(SignatureSettings settings, ModelFile... known) {
        return new SignatureVerifier(folder, "src/main/model/m", settings, NOW).verify(List.of(known));
    }

    SignatureSettings trust(PublicKey trusted) throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(trusted.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Path file = Files.writeString(project.resolve("key.pem"), pem);
        return new SignatureSettings(
                Optional.of(new SignatureSettings.Trusted(file, "key.pem")), Optional.empty(), false);
    }

    static String changed(String path) {
        return "ML-SIGN-INVALID: src/main/model/m/" + path + ": the file is not the one that was signed; expected the"
                + " signed bytes, found other bytes" + RESTORE;
    }

    static List<String> lines(SignatureResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }

    static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    static String fingerprint(PublicKey key) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    }
}
