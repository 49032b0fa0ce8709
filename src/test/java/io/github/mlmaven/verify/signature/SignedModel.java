package io.github.mlmaven.verify.signature;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Signs a folder as model_signing 1 does, with whatever a test wants to be different. */
final class SignedModel {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final PrivateKey key;
    private String prefix = "DSSEv1";
    private String algorithm = "SHA256withECDSA";
    private int shard;
    private List<X509Certificate> certificates = List.of();
    private Consumer<ObjectNode> statement = node -> {};
    private Consumer<ObjectNode> bundle = node -> {};

    SignedModel(Path folder, PrivateKey key) {
        this.folder = folder;
        this.key = key;
    }

    SignedModel prefix(String value) {
        prefix = value;
        return this;
    }

    SignedModel algorithm(String value) {
        algorithm = value;
        return this;
    }

    SignedModel shards(int size) {
        shard = size;
        return this;
    }

    SignedModel certificates(X509Certificate... chain) {
        certificates = List.of(chain);
        return this;
    }

    /** Changes what is signed; the digest of the whole is computed before. */
    SignedModel statement(Consumer<ObjectNode> change) {
        statement = change;
        return this;
    }

    /** Changes what surrounds the signature. */
    SignedModel bundle(Consumer<ObjectNode> change) {
        bundle = change;
        return this;
    }

    void sign() throws IOException, GeneralSecurityException {
        byte[] payload = JSON.writeValueAsBytes(statement());
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(
                (prefix + " 28 application/vnd.in-toto+json " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        signer.update(payload);
        ObjectNode node = JSON.createObjectNode();
        node.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        ObjectNode material = node.putObject("verificationMaterial");
        if (certificates.isEmpty()) {
            material.putObject("publicKey").put("hint", "0123");
        } else {
            ArrayNode chain = material.putObject("x509CertificateChain").putArray("certificates");
            for (X509Certificate certificate : certificates) {
                chain.addObject().put("rawBytes", certificate.getEncoded());
            }
        }
        material.putArray("tlogEntries");
        ObjectNode envelope = node.putObject("dsseEnvelope");
        envelope.put("payload", payload);
        envelope.put("payloadType", "application/vnd.in-toto+json");
        envelope.putArray("signatures").addObject().put("sig", signer.sign()).put("keyid", "");
        bundle.accept(node);
        JSON.writeValue(folder.resolve("model.sig").toFile(), node);
    }

    private ObjectNode statement() throws IOException, GeneralSecurityException {
        ObjectNode node = JSON.createObjectNode();
        node.put("_type", "https://in-toto.io/Statement/v1");
        ObjectNode subject = node.putArray("subject").addObject();
        subject.put("name", "model");
        node.put("predicateType", "https://model_signing/signature/v1.0");
        ObjectNode predicate = node.putObject("predicate");
        ObjectNode serialization = predicate.putObject("serialization");
        serialization.put("method", shard == 0 ? "files" : "shards");
        serialization.put("hash_type", "sha256");
        serialization.put("allow_symlinks", false);
        serialization.putArray("ignore_paths").add("model.sig");
        if (shard > 0) {
            serialization.put("shard_size", shard);
        }
        ArrayNode resources = predicate.putArray("resources");
        MessageDigest root = MessageDigest.getInstance("SHA-256");
        for (String path : files()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(path));
            for (int begin = 0; begin == 0 || begin < bytes.length; begin += shard == 0 ? bytes.length : shard) {
                int end = shard == 0 ? bytes.length : Math.min(bytes.length, begin + shard);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(bytes, begin, end));
                root.update(digest);
                resources
                        .addObject()
                        .put("name", shard == 0 ? path : path + ":" + begin + ":" + end)
                        .put("digest", HexFormat.of().formatHex(digest))
                        .put("algorithm", shard == 0 ? "sha256" : "sha256-sharded-" + shard);
                if (bytes.length == 0) {
                    break;
                }
            }
        }
        subject.putObject("digest").put("sha256", HexFormat.of().formatHex(root.digest()));
        statement.accept(node);
        return node;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(path -> !path.equals("model.sig") && !path.startsWith(".git"))
                    .sorted()
                    .toList();
        }
    }
}
