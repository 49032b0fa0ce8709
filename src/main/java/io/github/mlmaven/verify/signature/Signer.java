package io.github.mlmaven.verify.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whoever is trusted to have signed.
 *
 * @param key the key that must have made the signature
 * @param name who that is, for figures
 */
record Signer(PublicKey key, String name) {

    private static final Pattern PUBLIC_KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");

    /** By what is configured, and by the certificates of the bundle where certificates are. */
    static Signer of(Bundle bundle, SignatureSettings settings, Clock clock) throws SignatureException {
        if (settings.publicKey().isPresent()) {
            PublicKey key = publicKey(settings.publicKey().get());
            return new Signer(key, fingerprint(key));
        }
        if (bundle.isKeyless()) {
            throw SignatureException.unverified(
                    "the signature is by an identity, not by a key, and that cannot be verified offline",
                    "a signature by a key or a certificate",
                    "a certificate of some minutes and an entry of a transparency log",
                    "Verify it with `model_signing verify sigstore` before you commit the model, then sign it with a key"
                            + " of yours: `model_signing sign key`.");
        }
        if (settings.certificates().isEmpty()) {
            throw SignatureException.unverified(
                    "the model is signed and nothing is configured to verify it with",
                    "<signature> with <publicKey> or <certificateChain>",
                    "neither",
                    "Configure the key or certificate that the model's publisher announced: ml.signature.publicKey or"
                            + " ml.signature.certificateChain.");
        }
        X509Certificate certificate =
                new TrustedCertificates(certificates(settings.certificates().get()), clock).signer(bundle);
        return new Signer(
                certificate.getPublicKey(),
                certificate.getSubjectX500Principal().getName() + ", " + fingerprint(certificate.getPublicKey()));
    }

    private static PublicKey publicKey(SignatureSettings.Trusted trusted) throws SignatureException {
        Matcher pem = PUBLIC_KEY.matcher(new String(read(trusted), StandardCharsets.ISO_8859_1));
        if (pem.find()) {
            for (String algorithm : ALGORITHMS) {
                try {
                    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
                    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    // Another kind of key, or none.
                }
            }
        }
        throw unusable(trusted, "a public key in PEM: -----BEGIN PUBLIC KEY-----", "something else");
    }

    private static List<X509Certificate> certificates(SignatureSettings.Trusted trusted) throws SignatureException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(read(trusted)))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
        } catch (CertificateException e) {
            certificates.clear();
        }
        if (certificates.isEmpty()) {
            throw unusable(trusted, "certificates in PEM: -----BEGIN CERTIFICATE-----", "something else");
        }
        return certificates;
    }

    private static byte[] read(SignatureSettings.Trusted trusted) throws SignatureException {
        try {
            return trusted.read();
        } catch (IOException e) {
            throw unusable(trusted, "a file in PEM", Files.exists(trusted.file()) ? "one that cannot be read" : "none");
        }
    }

    private static SignatureException unusable(SignatureSettings.Trusted trusted, String expected, String found) {
        return SignatureException.unverified(
                trusted.place() + " cannot be used to verify the signature",
                expected,
                found,
                "Correct the path or the file.");
    }

    /** {@code key sha256:HEX} of the key's DER. */
    private static String fingerprint(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return "key sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
