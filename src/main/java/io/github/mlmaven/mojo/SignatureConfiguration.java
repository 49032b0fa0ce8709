package io.github.mlmaven.mojo;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Whose signature a model has, in a pom: {@code <signature><publicKey>publisher.pem</publicKey></signature>}. */
public final class SignatureConfiguration {

    private @Nullable File publicKey;
    private @Nullable File certificateChain;

    public @Nullable File getPublicKey() {
        return publicKey;
    }

    /** The signer's public key in PEM. */
    public void setPublicKey(@Nullable File publicKey) {
        this.publicKey = publicKey;
    }

    public @Nullable File getCertificateChain() {
        return certificateChain;
    }

    /** Certificates in PEM, one of which issued the signer's or is it. */
    public void setCertificateChain(@Nullable File certificateChain) {
        this.certificateChain = certificateChain;
    }

    /** Whether there is anything to verify with. */
    boolean isEmpty() {
        return publicKey == null && certificateChain == null;
    }
}
