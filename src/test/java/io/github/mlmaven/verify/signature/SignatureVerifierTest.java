package io.github.mlmaven.verify.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.model.Digest;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTest {

    private static final String SIGNATURE = "src/main/model/m/model.sig: ";
    private static final String RESTORE =
            ". Restore the files and model.sig from the same release; do not use them until they fit.";
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path project;

    private Path folder;
    private KeyPair key;

    @BeforeEach
    void aModelOfTwoFilesAndAKey() throws IOException, GeneralSecurityException {
        folder = project.resolve("m");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("model.onnx"), "a model");
        Files.writeString(folder.resolve("data/weights"), "weights of it");
        key = ec("secp256r1");
    }

    @Test
    void whatATrustedKeySignedPassesWithTheKeysName() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();

        SignatureResult result = verify(trust(key.getPublic()));

        assertThat(result.findings()).isEmpty();
        assertThat(result.signed()).isTrue();
        assertThat(result.figure()).isEqualTo("signed by key sha256:" + fingerprint(key.getPublic()));
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSA", "secp521r1, SHA512withECDSA"})
    void everyCurveHasItsHash(String curve, String algorithm) throws Exception {
        KeyPair pair = ec(curve);
        new SignedModel(folder, pair.getPrivate()).algorithm(algorithm).sign();

        assertThat(verify(trust(pair.getPublic())).signed()).isTrue();
    }

    @Test
    void ed25519IsVerified() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        new SignedModel(folder, pair.getPrivate()).algorithm("Ed25519").sign();

        assertThat(verify(trust(pair.getPublic())).signed()).isTrue();
    }

    @Test
    void thePrefixOfSomeReleasesOfModelSigningIsTakenToo() throws Exception {
        new SignedModel(folder, key.getPrivate()).prefix("DSSEV1").sign();

        assertThat(verify(trust(key.getPublic())).signed()).isTrue();
    }

    @Test
    void partsOfFilesAreVerified() throws Exception {
        Files.createFile(folder.resolve("empty"));
        new SignedModel(folder, key.getPrivate()).shards(5).sign();

        assertThat(verify(trust(key.getPublic())).findings()).isEmpty();

        Files.writeString(folder.resolve("data/weights"), "weights 0f it");
        assertThat(lines(verify(trust(key.getPublic())))).containsExactly(changed("data/weights"));
        Files.writeString(folder.resolve("data/weights"), "weights of it!");
        assertThat(lines(verify(trust(key.getPublic())))).containsExactly(changed("data/weights"));
        Files.writeString(folder.resolve("data/weights"), "weights");
        assertThat(lines(verify(trust(key.getPublic())))).containsExactly(changed("data/weights"));
    }

    @Test
    void filesOfVersionControlAreNotSigned() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref");
        Files.writeString(folder.resolve(".gitattributes"), "*.onnx filter=lfs");

        assertThat(verify(trust(key.getPublic())).signed()).isTrue();
    }

    @Test
    void aFileThatTheModelReadsMustBeSignedWhereverItLies() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/weights"), "unsigned");

        assertThat(lines(verify(trust(key.getPublic()), Sha256.of(folder, ".git/weights"))))
                .containsExactly("ML-SIGN-INVALID: src/main/model/m/.git/weights: the file is not signed; expected only"
                        + " signed files, found one more" + RESTORE);
    }

    @Test
    void aFileThatWasReadBeforeIsJudgedByWhatWasRead() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();

        ModelFile other = new ModelFile("model.onnx", 7, new Digest("0".repeat(64)));

        assertThat(lines(verify(trust(key.getPublic()), other))).containsExactly(changed("model.onnx"));
        assertThat(verify(trust(key.getPublic()), Sha256.of(folder, "model.onnx"), Sha256.of(folder, "model.sig"))
                        .signed())
                .isTrue();
    }

    @Test
    void changedMissingAndMoreFilesAreToldOneByOne() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        Files.writeString(folder.resolve("model.onnx"), "b model");
        Files.delete(folder.resolve("data/weights"));
        Files.writeString(folder.resolve("extra"), "more");

        SignatureResult result = verify(trust(key.getPublic()));

        assertThat(result.signed()).isFalse();
        assertThat(result.figure()).isEqualTo("signed are other files");
        assertThat(lines(result))
                .containsExactly(
                        "ML-SIGN-INVALID: src/main/model/m/data/weights: a signed file is missing; expected the file,"
                                + " found none" + RESTORE,
                        changed("model.onnx"),
                        "ML-SIGN-INVALID: src/main/model/m/extra: the file is not signed; expected only signed files,"
                                + " found one more" + RESTORE);
    }

    @Test
    void aLinkIsNotCoveredByASignature() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("model.onnx"));

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly("ML-SIGN-INVALID: src/main/model/m/link: a signature covers plain files only; expected"
                        + " a plain file, found something else" + RESTORE);
    }

    @Test
    void manyDifferencesAreCounted() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        for (int i = 0; i < 25; i++) {
            Files.writeString(folder.resolve("extra" + i), "");
        }

        assertThat(lines(verify(trust(key.getPublic()))))
                .hasSize(21)
                .last()
                .isEqualTo("ML-SIGN-INVALID: src/main/model/m: more files differ from what was signed; expected none,"
                        + " found 5 more" + RESTORE);
    }

    @Test
    void anotherKeyIsTold() throws Exception {
        new SignedModel(folder, ec("secp256r1").getPrivate()).sign();

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signature is wrong, or by somebody else;"
                        + " expected a signature by key sha256:" + fingerprint(key.getPublic()) + ", found another"
                        + RESTORE);
    }

    @Test
    void aChangedPayloadIsWrongBeforeItIsLookedAt() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .bundle(bundle -> ((ObjectNode) bundle.get("dsseEnvelope")).put("payload", new byte[] {'?'}))
                .sign();

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .contains("the signature is wrong, or by somebody else");
    }

    @Test
    void aSignatureThatIsNoneIsWrong() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .bundle(bundle -> ((ObjectNode) bundle.at("/dsseEnvelope/signatures/0")).put("sig", new byte[] {1, 2}))
                .sign();

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .contains("the signature is wrong, or by somebody else");
    }

    @Test
    void nothingConfiguredIsNeverSkipped() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();

        assertThat(lines(verify(SignatureSettings.NONE)))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the model is signed and nothing is configured to"
                        + " verify it with; expected <signature> with <publicKey> or <certificateChain>, found neither."
                        + " Configure the key or certificate that the model's publisher announced:"
                        + " ml.signature.publicKey or ml.signature.certificateChain.");
    }

    @Test
    void aModelWithoutASignaturePassesUnlessItMustHaveOne() throws Exception {
        SignatureResult unsigned = verify(trust(key.getPublic()));
        assertThat(unsigned.findings()).isEmpty();
        assertThat(unsigned.signed()).isFalse();
        assertThat(unsigned.figure()).isEqualTo("not signed");

        SignatureSettings required = new SignatureSettings(Optional.empty(), Optional.empty(), true);
        assertThat(lines(verify(required)))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the model is not signed, and must be; expected a"
                        + " signature, found none. Copy the publisher's model.sig beside the model, or sign it with"
                        + " model_signing.");
    }

    @Test
    void aKeyThatCannotBeUsedIsTold() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();
        Path file =
                Files.writeString(project.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----");
        SignatureSettings.Trusted malformed = new SignatureSettings.Trusted(file, "key.pem");
        SignatureSettings.Trusted missing = new SignatureSettings.Trusted(project.resolve("no.pem"), "no.pem");

        assertThat(lines(verify(new SignatureSettings(Optional.of(malformed), Optional.empty(), false))))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "key.pem cannot be used to verify the signature;"
                        + " expected a public key in PEM: -----BEGIN PUBLIC KEY-----, found something else. Correct the"
                        + " path or the file.");
        assertThat(lines(verify(new SignatureSettings(Optional.of(missing), Optional.empty(), false))))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "no.pem cannot be used to verify the signature;"
                        + " expected a file in PEM, found none. Correct the path or the file.");
        assertThat(lines(verify(new SignatureSettings(Optional.empty(), Optional.of(malformed), false))))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "key.pem cannot be used to verify the signature;"
                        + " expected certificates in PEM: -----BEGIN CERTIFICATE-----, found something else. Correct the"
                        + " path or the file.");
    }

    @Test
    void aKeyOfRsaIsNotSupported() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();

        assertThat(lines(verify(trust(
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic()))))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "signatures of this kind of key are not verified;"
                        + " expected a key on the curve P-256, P-384, P-521 or Ed25519, found RSA. Ask the publisher for"
                        + " a signature by a key on a curve, or sign the model yourself.");
    }

    @Test
    void aKeyAndCertificatesTogetherAreRefused() {
        SignatureSettings.Trusted trusted = new SignatureSettings.Trusted(project, "p");

        assertThatThrownBy(() -> new SignatureSettings(Optional.of(trusted), Optional.of(trusted), false))
                .hasMessage("expected a public key or certificates, found both. Remove the one that the signer does not"
                        + " use");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{} {}",
                "{\"a\": 1, \"a\": 2}",
                "{\"mediaType\": 7}",
                "{\"dsseEnvelope\": []}",
                "{\"dsseEnvelope\": {\"payload\": \"?\"}}"
            })
    void whatIsNoBundleIsTold(String text) throws Exception {
        Files.writeString(folder.resolve("model.sig"), text);

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .startsWith("ML-SIGN-INVALID: " + SIGNATURE + "the signature is not a Sigstore bundle; expected JSON as"
                        + " model_signing 1 writes it, found ")
                .endsWith(RESTORE);
    }

    @Test
    void jsonThatIsNestedWithoutEndIsTold() throws Exception {
        Files.writeString(folder.resolve("model.sig"), "{\"a\":".repeat(100_000));

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .contains("nesting depth");
    }

    @Test
    void aSignatureThatIsTooLargeIsNotRead() throws Exception {
        Files.write(folder.resolve("model.sig"), new byte[(8 << 20) + 1]);

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly(
                        "ML-SIGN-INVALID: " + SIGNATURE + "the signature is too large; expected at most 8388608"
                                + " bytes, found 8388609 bytes" + RESTORE);
    }

    @Test
    void aSignatureThatIsAFolderOrALinkIsTold() throws Exception {
        Files.createSymbolicLink(folder.resolve("model.sig"), Path.of("/dev/zero"));

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signature is not a plain file; expected a plain"
                        + " file, found something else" + RESTORE);
    }

    @Test
    void anotherBundleOrPayloadOrNumberOfSignaturesIsTold() throws Exception {
        assertThat(bundleWith(bundle -> bundle.put("mediaType", "text/plain")))
                .isEqualTo("the signature is not a Sigstore bundle; expected"
                        + " application/vnd.dev.sigstore.bundle.v0.3+json, found \"text/plain\"");
        assertThat(bundleWith(bundle -> ((ObjectNode) bundle.get("dsseEnvelope")).put("payloadType", "x")))
                .isEqualTo("what is signed is not a statement of in-toto; expected payloadType"
                        + " application/vnd.in-toto+json, found \"x\"");
        assertThat(bundleWith(bundle -> ((ArrayNode) bundle.at("/dsseEnvelope/signatures")).removeAll()))
                .isEqualTo("the bundle has not one signature; expected one signature, found 0 signatures");
    }

    @Test
    void whatIsSignedIsLookedAtInEveryPart() throws Exception {
        assertThat(statementWith(statement -> statement.put("_type", "x")))
                .isEqualTo("what is signed is not a statement of in-toto; expected https://in-toto.io/Statement/v1,"
                        + " found \"x\"");
        assertThat(statementWith(statement -> serialization(statement).put("method", "x")))
                .isEqualTo("the files were put in order in an unknown way; expected files or shards, found \"x\"");
        assertThat(statementWith(statement -> serialization(statement).put("hash_type", "md5")))
                .isEqualTo("the digests of the files are of an unknown algorithm; expected sha256, found \"md5\"");
        assertThat(statementWith(statement -> resource(statement).put("algorithm", "md5")))
                .isEqualTo("the digest of \"data/weights\" is of another algorithm; expected sha256, found \"md5\"");
        assertThat(statementWith(statement -> resource(statement).put("digest", "00")))
                .isEqualTo("the digest of \"data/weights\" is malformed; expected 64 hexadecimal digits, found \"00\"");
        assertThat(statementWith(statement -> resource(statement).put("name", "model.onnx")))
                .isEqualTo("a file is listed twice; expected each file once, found \"model.onnx\"");
        assertThat(statementWith(statement -> ((ArrayNode) statement.get("subject")).removeAll()))
                .isEqualTo("the statement is not about one model; expected one subject with a sha256, found 0");
        assertThat(statementWith(statement -> resource(statement).put("digest", "0".repeat(64))))
                .startsWith("the digest of the whole does not fit the digests of the files; expected \"");
        assertThat(statementWith(statement -> resource(statement).put("name", ".")))
                .isEqualTo("the signature is of a single file, which has no name in it; expected a signature of the"
                        + " model's folder, found a resource named \".\"");
        assertThat(statementWith(statement -> statement.put("predicate", 1)))
                .startsWith("what is signed is not a statement of in-toto; expected JSON as model_signing 1 writes it,"
                        + " found predicate is not an object at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../weights", "/etc/passwd", "data/../../x", "data//weights", "data\\\\weights", "./weights", ""
            })
    void aPathThatLeadsOutIsTold(String path) throws Exception {
        assertThat(statementWith(statement -> resource(statement).put("name", path)))
                .isEqualTo("a signed path leads out of the model's folder or is not normalised; expected a path below"
                        + " the folder, found \"" + path + "\"");
    }

    @Test
    void partsThatDoNotFitTogetherAreTold() throws Exception {
        assertThat(shardsWith("data/weights"))
                .isEqualTo("a part of a file has no range; expected PATH:BEGIN:END, found \"data/weights\"");
        assertThat(shardsWith("data/weights:0:6"))
                .isEqualTo("a part of a file is larger than parts are; expected at most 5 bytes, found"
                        + " \"data/weights:0:6\"");
        assertThat(shardsWith("data/weights:1:5"))
                .isEqualTo("the parts of \"data/weights\" do not lie one after another; expected a part that begins at"
                        + " 0, found 1");
        assertThat(shardsWith("data/weights:0:4"))
                .isEqualTo("the parts of \"data/weights\" do not lie one after another; expected a part that begins at"
                        + " 4, found 5");
    }

    @Test
    void digestsThatTheJdkCannotComputeAndOtherPredicatesAreNotVerified() throws Exception {
        assertThat(statementLine(statement -> serialization(statement).put("hash_type", "blake2b")))
                .isEqualTo("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the digests of the files cannot be computed here;"
                        + " expected sha256, found blake2b. Sign the model with SHA-256, model_signing's default.");
        assertThat(statementLine(statement -> statement.put("predicateType", "https://model_signing/Digests/v0.1")))
                .isEqualTo("ML-SIGN-UNVERIFIED: " + SIGNATURE + "what is signed is not a manifest of a model; expected"
                        + " https://model_signing/signature/v1.0, found \"https://model_signing/Digests/v0.1\"."
                        + " Sign the model with model_signing 1.0 or later.");
    }

    private String bundleWith(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).bundle(change).sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    private String statementWith(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).statement(change).sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    private String statementLine(Consumer<ObjectNode> change) throws Exception {
        new SignedModel(folder, key.getPrivate()).statement(change).sign();
        return lines(verify(trust(key.getPublic()))).get(0);
    }

    private String shardsWith(String name) throws Exception {
        new SignedModel(folder, key.getPrivate())
                .shards(5)
                .statement(statement -> resource(statement).put("name", name))
                .sign();
        return invalid(lines(verify(trust(key.getPublic()))));
    }

    private static String invalid(List<String> lines) {
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("ML-SIGN-INVALID: " + SIGNATURE).endsWith(RESTORE);
        return lines.get(0)
                .substring(
                        ("ML-SIGN-INVALID: " + SIGNATURE).length(), lines.get(0).length() - RESTORE.length());
    }

    private static ObjectNode serialization(ObjectNode statement) {
        return (ObjectNode) statement.at("/predicate/serialization");
    }

    private static ObjectNode resource(ObjectNode statement) {
        return (ObjectNode) statement.at("/predicate/resources/0");
    }

    private SignatureResult verify(SignatureSettings settings, ModelFile... known) {
        return new SignatureVerifier(folder, "src/main/model/m", settings, NOW).verify(List.of(known));
    }

    private SignatureSettings trust(PublicKey trusted) throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(trusted.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Path file = Files.writeString(project.resolve("key.pem"), pem);
        return new SignatureSettings(
                Optional.of(new SignatureSettings.Trusted(file, "key.pem")), Optional.empty(), false);
    }

    private static String changed(String path) {
        return "ML-SIGN-INVALID: src/main/model/m/" + path + ": the file is not the one that was signed; expected the"
                + " signed bytes, found other bytes" + RESTORE;
    }

    private static List<String> lines(SignatureResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String fingerprint(PublicKey key) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    }
}
