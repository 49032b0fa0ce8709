package io.github.mlmaven.verify.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Sigstore bundle ({@code sigstore_bundle.proto} of sigstore/protobuf-specs) with a DSSE envelope, as JSON. */
final class Bundle {

    /** Of versions 0.1, 0.2 and 0.3; what is read here is the same in all of them. */
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle";

    private static final int MAX_CERTIFICATES = 16;

    private String mediaType = "";
    private String payloadType = "";
    private byte[] payload = {};
    private final List<byte[]> signatures = new ArrayList<>();
    private final List<byte[]> certificates = new ArrayList<>();
    private boolean logged;
    private boolean keyless;

    private Bundle() {}

    static Bundle read(JsonFields json) throws IOException {
        Bundle bundle = new Bundle();
        json.object("the bundle", field -> {
            switch (field) {
                case "mediaType" -> bundle.mediaType = json.text("mediaType");
                case "verificationMaterial" -> bundle.readMaterial(json);
                case "dsseEnvelope" -> bundle.readEnvelope(json);
                default -> {}
            }
        });
        return bundle;
    }

    private void readMaterial(JsonFields json) throws IOException {
        json.object("verificationMaterial", field -> {
            switch (field) {
                case "certificate" -> {
                    keyless = true;
                    readCertificate(json);
                }
                case "x509CertificateChain" ->
                    json.object("x509CertificateChain", chain -> {
                        if (chain.equals("certificates")) {
                            json.array("certificates", () -> readCertificate(json));
                        }
                    });
                case "tlogEntries" -> json.array("tlogEntries", () -> logged = true);
                default -> {}
            }
        });
    }

    private void readCertificate(JsonFields json) throws IOException {
        json.object("a certificate", field -> {
            if (field.equals("rawBytes")) {
                byte[] certificate = json.bytes("rawBytes");
                if (certificates.size() < MAX_CERTIFICATES) {
                    certificates.add(certificate);
                }
            }
        });
    }

    private void readEnvelope(JsonFields json) throws IOException {
        json.object("dsseEnvelope", field -> {
            switch (field) {
                case "payload" -> payload = json.bytes("payload");
                case "payloadType" -> payloadType = json.text("payloadType");
                case "signatures" ->
                    json.array(
                            "signatures",
                            () -> json.object("a signature", part -> {
                                if (part.equals("sig")) {
                                    signatures.add(json.bytes("sig"));
                                }
                            }));
                default -> {}
            }
        });
    }

    /** The one signature of the envelope, after all that surrounds it was looked at. */
    byte[] signature() throws SignatureException {
        if (!mediaType.startsWith(MEDIA_TYPE)) {
            throw SignatureException.invalid(
                    "the signature is not a Sigstore bundle", MEDIA_TYPE + ".v0.3+json", "\"" + mediaType + "\"");
        }
        if (!payloadType.equals(Envelope.PAYLOAD_TYPE)) {
            throw SignatureException.invalid(
                    "what is signed is not a statement of in-toto",
                    "payloadType " + Envelope.PAYLOAD_TYPE,
                    "\"" + payloadType + "\"");
        }
        if (signatures.size() != 1) {
            throw SignatureException.invalid(
                    "the bundle has not one signature", "one signature", signatures.size() + " signatures");
        }
        return signatures.get(0);
    }

    byte[] payload() {
        return payload;
    }

    /** The signer's certificate first. */
    List<byte[]> certificates() {
        return certificates;
    }

    /** Whether it was signed with a certificate of some minutes, whose use only a transparency log proves. */
    boolean isKeyless() {
        return logged && (keyless || !certificates.isEmpty());
    }
}
