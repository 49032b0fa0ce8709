package io.github.mlmaven.verify.signature;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the signer's certificate in a bundle and proves that a trusted one issued it (PKIX, RFC 5280), offline. */
final class TrustedCertificates {

    private static final int MAX_PATH = 8;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private final List<X509Certificate> trusted;
    private final Instant now;

    TrustedCertificates(List<X509Certificate> trusted, Clock clock) {
        this.trusted = trusted;
        this.now = clock.instant();
    }

    /** The certificate whose key must have signed. */
    X509Certificate signer(Bundle bundle) throws SignatureException {
        List<X509Certificate> chain = chain(bundle);
        if (chain.isEmpty()) {
            throw SignatureException.unverified(
                    "the signature is by a key, and certificates are configured",
                    "a certificate in the signature",
                    "none",
                    "Configure the signer's key: ml.signature.publicKey.");
        }
        X509Certificate signer = chain.get(0);
        requireValid(signer);
        requireForSigning(signer);
        if (!trusted.contains(signer)) {
            requirePath(signer, chain);
        }
        return signer;
    }

    private static List<X509Certificate> chain(Bundle bundle) throws SignatureException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] certificate : bundle.certificates()) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate)));
            }
        } catch (CertificateException e) {
            throw SignatureException.invalid(
                    "a certificate of the signature is malformed", "X.509 in DER", "something else");
        }
        return chain;
    }

    /** When it was signed is not known, so it counts what is valid now. */
    private void requireValid(X509Certificate signer) throws SignatureException {
        Instant from = signer.getNotBefore().toInstant();
        Instant to = signer.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(to)) {
            throw SignatureException.invalid(
                    "the signer's certificate is not valid " + (now.isAfter(to) ? "any more" : "yet"),
                    "a certificate that is valid now",
                    "one that is valid from " + from + " to " + to);
        }
    }

    /** As model_signing does: a key usage for signatures, or an extended one for code. */
    private static void requireForSigning(X509Certificate signer) throws SignatureException {
        boolean[] usage = signer.getKeyUsage();
        List<String> extended;
        try {
            List<String> declared = signer.getExtendedKeyUsage();
            extended = declared == null ? List.of() : declared;
        } catch (CertificateException e) {
            extended = List.of();
        }
        if (!(usage != null && usage[0]) && !extended.contains(CODE_SIGNING)) {
            throw SignatureException.invalid(
                    "the signer's certificate is not one for signatures",
                    "the key usage digitalSignature, or the extended one codeSigning",
                    "neither");
        }
    }

    private void requirePath(X509Certificate signer, List<X509Certificate> chain) throws SignatureException {
        Set<TrustAnchor> anchors = new HashSet<>();
        trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(signer);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now.truncatedTo(ChronoUnit.MILLIS)));
            parameters.setMaxPathLength(MAX_PATH);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw SignatureException.invalid(
                    "the signer's certificate was not issued by a configured one",
                    "a path to one of " + trusted.size() + " configured certificates",
                    signer.getSubjectX500Principal().getName() + ", issued by "
                            + signer.getIssuerX500Principal().getName());
        }
    }
}
