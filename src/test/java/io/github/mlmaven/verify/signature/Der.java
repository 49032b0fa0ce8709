package io.github.mlmaven.verify.signature;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Certificates for tests (RFC 5280): the JDK reads them and has no public way to make them. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** ecdsa-with-SHA256, RFC 5758. */
    private static final byte[] ALGORITHM = tlv(SEQUENCE, tlv(6, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)));

    private Der() {}

    /** What a certificate is for. */
    enum Use {
        /** Issuing others. */
        AUTHORITY,
        /** Signatures. */
        SIGNING,
        /** Extended: code. */
        CODE,
        /** Nothing that is said. */
        NONE
    }

    static X509Certificate certificate(
            String subject, PublicKey key, String issuer, PrivateKey issuerKey, Use use, Instant from, Instant to)
            throws GeneralSecurityException {
        byte[] body = tlv(
                SEQUENCE,
                tlv(0xa0, tlv(2, bytes(2))),
                tlv(2, bytes(1 + Math.abs(subject.hashCode() % 100))),
                ALGORITHM,
                new X500Principal(issuer).getEncoded(),
                tlv(SEQUENCE, time(from), time(to)),
                new X500Principal(subject).getEncoded(),
                key.getEncoded(),
                tlv(0xa3, tlv(SEQUENCE, extension(use))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(body);
        byte[] certificate = tlv(SEQUENCE, body, ALGORITHM, tlv(3, bytes(0), signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    static X509Certificate authority(String name, KeyPair key, Instant from, Instant to)
            throws GeneralSecurityException {
        return certificate(name, key.getPublic(), name, key.getPrivate(), Use.AUTHORITY, from, to);
    }

    private static byte[] extension(Use use) {
        return switch (use) {
            case AUTHORITY ->
                tlv(
                        SEQUENCE,
                        tlv(6, bytes(0x55, 0x1d, 0x13)),
                        tlv(1, bytes(0xff)),
                        tlv(4, tlv(SEQUENCE, tlv(1, bytes(0xff)))));
            case SIGNING -> tlv(SEQUENCE, tlv(6, bytes(0x55, 0x1d, 0x0f)), tlv(4, tlv(3, bytes(7, 0x80))));
            case CODE ->
                tlv(
                        SEQUENCE,
                        tlv(6, bytes(0x55, 0x1d, 0x25)),
                        tlv(4, tlv(SEQUENCE, tlv(6, bytes(0x2b, 6, 1, 5, 5, 7, 3, 3)))));
            case NONE -> tlv(SEQUENCE, tlv(6, bytes(0x55, 0x1d, 0x13)), tlv(4, tlv(SEQUENCE)));
        };
    }

    private static byte[] time(Instant instant) {
        return tlv(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 128) {
            out.write(length);
        } else if (length < 256) {
            out.writeBytes(bytes(0x81, length));
        } else {
            out.writeBytes(bytes(0x82, length >> 8, length));
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
