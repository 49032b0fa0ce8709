package io.github.mlmaven.verify.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.List;

/** What a DSSE envelope's signature is over: its pre-authentication encoding (DSSE 1.0, protocol.md). */
final class Envelope {

    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** The second is how releases of model_signing write it; the rest of what is signed is the same. */
    private static final List<String> PREFIXES = List.of("DSSEv1", "DSSEV1");

    private Envelope() {}

    /** Whether the key made the signature. */
    static boolean isSignedBy(PublicKey key, byte[] payload, byte[] signature) throws SignatureException {
        String algorithm = algorithm(key);
        for (String prefix : PREFIXES) {
            try {
                Signature verifier = Signature.getInstance(algorithm);
                verifier.initVerify(key);
                verifier.update(encoding(prefix, payload));
                verifier.update(payload);
                if (verifier.verify(signature)) {
                    return true;
                }
            } catch (GeneralSecurityException e) {
                // A signature that is not even one of this algorithm.
            }
        }
        return false;
    }

    /** All before the payload: prefix, type and lengths. */
    static byte[] encoding(String prefix, byte[] payload) {
        ByteArrayOutputStream encoding = new ByteArrayOutputStream();
        String text = prefix + " " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
        encoding.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return encoding.toByteArray();
    }

    /** As model_signing chooses it: for curves by their size. */
    private static String algorithm(PublicKey key) throws SignatureException {
        if (key instanceof ECPublicKey ec) {
            switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> {
                    return "SHA256withECDSA";
                }
                case 384 -> {
                    return "SHA384withECDSA";
                }
                case 521 -> {
                    return "SHA512withECDSA";
                }
                default -> {}
            }
        }
        if (key instanceof EdECPublicKey) {
            return "EdDSA";
        }
        throw SignatureException.unverified(
                "signatures of this kind of key are not verified",
                "a key on the curve P-256, P-384, P-521 or Ed25519",
                key.getAlgorithm(),
                "Ask the publisher for a signature by a key on a curve, or sign the model yourself.");
    }
}
