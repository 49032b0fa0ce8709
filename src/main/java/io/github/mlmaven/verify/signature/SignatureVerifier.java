package io.github.mlmaven.verify.signature;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Verifies {@code model.sig} in a model's folder: the bundle of OpenSSF Model Signing 1.0. Nothing that is signed is
 * looked at before the signature over it is right.
 */
public final class SignatureVerifier {

    private final Path folder;
    private final String place;
    private final SignatureSettings settings;
    private final Clock clock;

    SignatureVerifier(Path folder, String place, SignatureSettings settings, Clock clock) {
        this.folder = folder;
        this.place = place;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Verifies a model's signature.
     *
     * @param folder the model's folder
     * @param place the folder relative to the project, with {@code /}, for messages
     * @param settings whom to trust
     * @param known files of the model that were read before, so that they need not be read again
     */
    public static SignatureResult verify(Path folder, String place, SignatureSettings settings, List<ModelFile> known) {
        return new SignatureVerifier(folder, place, settings, Clock.systemUTC()).verify(known);
    }

    SignatureResult verify(List<ModelFile> known) {
        String signature = place + "/" + SignatureFile.NAME;
        try {
            if (!Files.exists(folder.resolve(SignatureFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
                return unsigned(signature);
            }
            Bundle bundle = SignatureFile.bundle(folder);
            byte[] signed = bundle.signature();
            Signer signer = Signer.of(bundle, settings, clock);
            if (!Envelope.isSignedBy(signer.key(), bundle.payload(), signed)) {
                throw SignatureException.invalid(
                        "the signature is wrong, or by somebody else", "a signature by " + signer.name(), "another");
            }
            Manifest manifest = Manifest.of(SignatureFile.statement(bundle.payload()));
            List<Finding> findings = new SignedFolder(folder, place, known).compare(manifest);
            return findings.isEmpty()
                    ? new SignatureResult(true, "signed by " + signer.name(), findings)
                    : new SignatureResult(false, "signed are other files", findings);
        } catch (SignatureException e) {
            return new SignatureResult(false, "not verified", List.of(e.at(signature)));
        } catch (IOException e) {
            return new SignatureResult(
                    false,
                    "not verified",
                    List.of(SignatureException.invalid(
                                    "the signature or a signed file cannot be read",
                                    "readable files",
                                    e.getClass().getSimpleName())
                            .at(signature)));
        }
    }

    private SignatureResult unsigned(String signature) {
        if (!settings.required()) {
            return new SignatureResult(false, "not signed", List.of());
        }
        return new SignatureResult(
                false,
                "not signed",
                List.of(SignatureException.unverified(
                                "the model is not signed, and must be",
                                "a signature",
                                "none",
                                "Copy the publisher's model.sig beside the model, or sign it with model_signing.")
                        .at(signature)));
    }
}
