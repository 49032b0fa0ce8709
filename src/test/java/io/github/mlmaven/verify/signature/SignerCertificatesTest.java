package io.github.mlmaven.verify.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerCertificatesTest {

    private static final String SIGNATURE = "m/model.sig: ";
    private static final String RESTORE =
            ". Restore the files and model.sig from the same release; do not use them until they fit.";
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @TempDir
    Path project;

    private Path folder;
    private KeyPair rootKey;
    private KeyPair middleKey;
    private KeyPair key;
    private X509Certificate root;
    private X509Certificate middle;

    @BeforeEach
    void aModelAndAnAuthority() throws IOException, GeneralSecurityException {
        folder = Files.createDirectories(project.resolve("m"));
        Files.writeString(folder.resolve("model.onnx"), "a model");
        rootKey = ec();
        middleKey = ec();
        key = ec();
        root = Der.authority("CN=Root", rootKey, FROM, TO);
        middle = Der.certificate(
                "CN=Middle", middleKey.getPublic(), "CN=Root", rootKey.getPrivate(), Der.Use.AUTHORITY, FROM, TO);
    }

    @Test
    void aCertificateThatATrustedOneIssuedByOthersPasses() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .certificates(signer(Der.Use.SIGNING), middle)
                .sign();

        SignatureResult result = verify(NOW, root);

        assertThat(result.findings()).isEmpty();
        assertThat(result.figure()).startsWith("signed by CN=Signer, key sha256:");
    }

    @Test
    void theSignersOwnCertificateCanBeTheTrustedOne() throws Exception {
        X509Certificate own =
                Der.certificate("CN=Own", key.getPublic(), "CN=Own", key.getPrivate(), Der.Use.CODE, FROM, TO);
        new SignedModel(folder, key.getPrivate()).certificates(own).sign();

        assertThat(verify(NOW, root, own).signed()).isTrue();
    }

    @Test
    void aCertificateOfSomebodyElseIsTold() throws Exception {
        KeyPair otherKey = ec();
        X509Certificate other = Der.authority("CN=Other", otherKey, FROM, TO);
        new SignedModel(folder, key.getPrivate())
                .certificates(signer(Der.Use.SIGNING), middle, root)
                .sign();

        assertThat(lines(verify(NOW, other)))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signer's certificate was not issued by a"
                        + " configured one; expected a path to one of 1 configured certificates, found CN=Signer, issued"
                        + " by CN=Middle" + RESTORE);
    }

    @Test
    void aForgedAuthorityOfTheSameNameIsTold() throws Exception {
        KeyPair forged = ec();
        X509Certificate signer = Der.certificate(
                "CN=Signer", key.getPublic(), "CN=Root", forged.getPrivate(), Der.Use.SIGNING, FROM, TO);
        new SignedModel(folder, key.getPrivate()).certificates(signer).sign();

        assertThat(lines(verify(NOW, root)))
                .singleElement()
                .asString()
                .contains("the signer's certificate was not issued by a configured one");
    }

    @Test
    void aSignersCertificateMayNotIssueOthers() throws Exception {
        KeyPair leafKey = ec();
        X509Certificate leaf = Der.certificate(
                "CN=Leaf", leafKey.getPublic(), "CN=Root", rootKey.getPrivate(), Der.Use.SIGNING, FROM, TO);
        X509Certificate signer = Der.certificate(
                "CN=Signer", key.getPublic(), "CN=Leaf", leafKey.getPrivate(), Der.Use.SIGNING, FROM, TO);
        new SignedModel(folder, key.getPrivate()).certificates(signer, leaf).sign();

        assertThat(lines(verify(NOW, root)))
                .singleElement()
                .asString()
                .contains("the signer's certificate was not issued by a configured one");
    }

    @Test
    void aCertificateOutsideItsTimeIsTold() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .certificates(signer(Der.Use.SIGNING), middle)
                .sign();

        assertThat(lines(verify(Instant.parse("2027-01-01T00:00:01Z"), root)))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signer's certificate is not valid any more;"
                        + " expected a certificate that is valid now, found one that is valid from 2026-01-01T00:00:00Z"
                        + " to 2027-01-01T00:00:00Z" + RESTORE);
        assertThat(lines(verify(Instant.parse("2025-12-31T23:59:59Z"), root)))
                .singleElement()
                .asString()
                .contains("the signer's certificate is not valid yet");
    }

    @Test
    void aCertificateThatIsNotForSignaturesIsTold() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .certificates(signer(Der.Use.NONE), middle)
                .sign();

        assertThat(lines(verify(NOW, root)))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signer's certificate is not one for signatures;"
                        + " expected the key usage digitalSignature, or the extended one codeSigning, found neither"
                        + RESTORE);
    }

    @Test
    void aSignatureByAnotherKeyThanTheCertificatesIsWrong() throws Exception {
        new SignedModel(folder, ec().getPrivate())
                .certificates(signer(Der.Use.SIGNING), middle)
                .sign();

        assertThat(lines(verify(NOW, root)))
                .singleElement()
                .asString()
                .contains(
                        "the signature is wrong, or by somebody else; expected a signature by CN=Signer, key sha256:");
    }

    @Test
    void aSignatureByAKeyIsNotVerifiedWithCertificates() throws Exception {
        new SignedModel(folder, key.getPrivate()).sign();

        assertThat(lines(verify(NOW, root)))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the signature is by a key, and certificates are"
                        + " configured; expected a certificate in the signature, found none. Configure the signer's key:"
                        + " ml.signature.publicKey.");
    }

    @Test
    void aMalformedCertificateIsTold() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .certificates(middle)
                .bundle(bundle -> ((ObjectNode) bundle.at("/verificationMaterial/x509CertificateChain/certificates/0"))
                        .put("rawBytes", new byte[] {1, 2, 3}))
                .sign();

        assertThat(lines(verify(NOW, root)))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "a certificate of the signature is malformed;"
                        + " expected X.509 in DER, found something else" + RESTORE);
    }

    @Test
    void aSignatureByAnIdentityIsNotVerifiedOffline() throws Exception {
        new SignedModel(folder, key.getPrivate())
                .bundle(bundle -> {
                    ObjectNode material = (ObjectNode) bundle.get("verificationMaterial");
                    material.remove("publicKey");
                    material.putObject("certificate").put("rawBytes", new byte[] {1});
                    ((ArrayNode) material.get("tlogEntries")).addObject().put("logIndex", "7");
                })
                .sign();

        assertThat(lines(verify(NOW, root)))
                .containsExactly("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the signature is by an identity, not by a key,"
                        + " and that cannot be verified offline; expected a signature by a key or a certificate, found a"
                        + " certificate of some minutes and an entry of a transparency log. Verify it with"
                        + " `model_signing verify sigstore` before you commit the model, then sign it with a key of"
                        + " yours: `model_signing sign key`.");
    }

    private X509Certificate signer(Der.Use use) throws GeneralSecurityException {
        return Der.certificate("CN=Signer", key.getPublic(), "CN=Middle", middleKey.getPrivate(), use, FROM, TO);
    }

    private SignatureResult verify(Instant now, X509Certificate... trusted)
            throws IOException, GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : trusted) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path file = Files.writeString(project.resolve("chain.pem"), pem);
        SignatureSettings settings = new SignatureSettings(
                Optional.empty(), Optional.of(new SignatureSettings.Trusted(file, "chain.pem")), false);
        return new SignatureVerifier(folder, "m", settings, Clock.fixed(now, ZoneOffset.UTC)).verify(List.of());
    }

    private static List<String> lines(SignatureResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }

    private static KeyPair ec() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
