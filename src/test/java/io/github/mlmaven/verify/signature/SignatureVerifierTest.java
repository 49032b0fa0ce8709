package io.github.mlmaven.verify.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and files: what is signed by whom, and what is there. */
class SignatureVerifierTest extends SignatureFixture {

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
}
